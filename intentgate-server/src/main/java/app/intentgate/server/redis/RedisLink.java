package app.intentgate.server.redis;

import app.intentgate.store.StoreUnavailableException;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisCommandTimeoutException;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.SslVerifyMode;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.async.RedisAsyncCommands;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.DefaultClientResources;
import io.lettuce.core.resource.Delay;
import io.lettuce.core.resource.NettyCustomizer;
import io.netty.channel.Channel;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection to a Redis, which comes back by itself. While it is away commands fail at once;
 * what was under way when it was lost fails and is not sent again. One that answered nonsense, or
 * has left several questions without an answer, is given up for a new one: nobody knows which
 * command its next answer would be for. Thread-safe.
 */
final class RedisLink implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RedisLink.class);
  private static final Duration RECONNECT_EVERY = Duration.ofMillis(250);
  private static final int MOST_UNDER_WAY = 20_000;

  /** How many questions in turn may stay without an answer. */
  private static final int MOST_UNANSWERED = 3;

  private final RedisAddress address;
  private final ClientResources resources;
  private final RedisClient client;
  private final StatefulRedisConnection<String, String> connection;
  private final LastChannel channel;
  private final AtomicInteger unanswered = new AtomicInteger();
  private volatile boolean available = true;

  /** The channel that the client made last: it has no other way to give up a connection. */
  private static final class LastChannel implements NettyCustomizer {
    private volatile @Nullable Channel channel;

    @Override
    public void afterChannelInitialized(Channel made) {
      channel = made;
    }

    void close() {
      Channel made = channel;
      if (made != null) {
        var unused = made.close();
      }
    }
  }

  private RedisLink(
      RedisAddress address,
      ClientResources resources,
      LastChannel channel,
      RedisClient client,
      StatefulRedisConnection<String, String> connection,
      Duration askEvery) {
    this.address = address;
    this.resources = resources;
    this.channel = channel;
    this.client = client;
    this.connection = connection;
    var unused =
        resources
            .eventExecutorGroup()
            .scheduleWithFixedDelay(
                this::ask, askEvery.toMillis(), askEvery.toMillis(), TimeUnit.MILLISECONDS);
  }

  /**
   * Connects.
   *
   * @throws StoreUnavailableException when that cannot be done
   */
  static RedisLink open(RedisAddress address, RedisOptions options) {
    LastChannel channel = new LastChannel();
    ClientResources resources =
        DefaultClientResources.builder()
            .nettyCustomizer(channel)
            .ioThreadPoolSize(2)
            .computationThreadPoolSize(2)
            .reconnectDelay(Delay.constant(RECONNECT_EVERY))
            .build();
    RedisClient client = RedisClient.create(resources, uri(address, options));
    client.setOptions(options(options));
    try {
      StatefulRedisConnection<String, String> connection = client.connect();
      RedisLink link =
          new RedisLink(address, resources, channel, client, connection, options.askEvery());
      connection.sync().ping();
      RedisMemory.warnings(connection.sync()).forEach(LOG::warn);
      return link;
    } catch (RedisException e) {
      end(client, resources);
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new StoreUnavailableException(
          "cannot use " + address + " for budgets: " + cause.getMessage(), e);
    }
  }

  private static RedisURI uri(RedisAddress address, RedisOptions options) {
    RedisURI.Builder uri =
        RedisURI.builder()
            .withHost(address.host())
            .withPort(address.port())
            .withDatabase(address.database())
            .withSsl(address.tls())
            .withVerifyPeer(SslVerifyMode.FULL)
            .withTimeout(options.connectWait());
    String password = address.password();
    String user = address.user();
    if (password != null && user != null) {
      uri.withAuthentication(user, password.toCharArray());
    } else if (password != null) {
      uri.withPassword(password.toCharArray());
    }
    return uri.build();
  }

  private static ClientOptions options(RedisOptions options) {
    return ClientOptions.builder()
        .autoReconnect(true)
        .disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS)
        // Nobody knows whether it was counted, and counting it again could refuse a later call.
        .replayFilter(command -> true)
        .requestQueueSize(MOST_UNDER_WAY)
        .socketOptions(
            SocketOptions.builder().connectTimeout(options.connectWait()).keepAlive(true).build())
        .timeoutOptions(TimeoutOptions.enabled(options.answerWait()))
        .sslOptions(options.ssl())
        .build();
  }

  RedisAsyncCommands<String, String> commands() {
    return connection.async();
  }

  private void ask() {
    try {
      commands().ping().whenComplete(this::heard);
    } catch (RedisException e) {
      answered(false);
    }
  }

  private void heard(@Nullable String answer, @Nullable Throwable failure) {
    boolean sense = "PONG".equals(answer);
    // What fails because the connection is gone says nothing about the next one.
    boolean silent = failure == null || failure instanceof RedisCommandTimeoutException;
    if (sense) {
      unanswered.set(0);
    } else if (silent && unanswered.incrementAndGet() >= MOST_UNANSWERED) {
      giveUp();
    }
    answered(sense);
  }

  /** Ends the connection, what is under way on it included; another one is made at once. */
  void giveUp() {
    unanswered.set(0);
    channel.close();
  }

  private void answered(boolean now) {
    if (now != available) {
      available = now;
      if (now) {
        LOG.info("{} answers again", address);
      } else {
        LOG.error("{} does not answer: calls with a budget are refused", address);
      }
    }
  }

  boolean isAvailable() {
    return available;
  }

  @Override
  public void close() {
    connection.close();
    end(client, resources);
  }

  private static void end(RedisClient client, ClientResources resources) {
    client.shutdown(0, 2, TimeUnit.SECONDS);
    if (!resources.shutdown(0, 2, TimeUnit.SECONDS).awaitUninterruptibly(2, TimeUnit.SECONDS)) {
      LOG.debug("threads of the client for Redis still end");
    }
  }

  @Override
  public String toString() {
    return address.toString();
  }
}
