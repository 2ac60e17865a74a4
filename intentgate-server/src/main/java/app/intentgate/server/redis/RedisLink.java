package app.intentgate.server.redis;

import app.intentgate.store.StoreUnavailableException;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
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
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection to a Redis, which comes back by itself. While it is away commands fail at once;
 * what was under way when it was lost fails and is not sent again. Thread-safe.
 */
final class RedisLink implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RedisLink.class);
  private static final Duration RECONNECT_EVERY = Duration.ofMillis(250);
  private static final int MOST_UNDER_WAY = 20_000;

  private final RedisAddress address;
  private final ClientResources resources;
  private final RedisClient client;
  private final StatefulRedisConnection<String, String> connection;
  private volatile boolean available = true;

  private RedisLink(
      RedisAddress address,
      ClientResources resources,
      RedisClient client,
      StatefulRedisConnection<String, String> connection) {
    this.address = address;
    this.resources = resources;
    this.client = client;
    this.connection = connection;
    var unused =
        resources.eventExecutorGroup().scheduleWithFixedDelay(this::ask, 1, 1, TimeUnit.SECONDS);
  }

  /**
   * Connects.
   *
   * @throws StoreUnavailableException when that cannot be done
   */
  static RedisLink open(RedisAddress address, RedisOptions options) {
    ClientResources resources =
        DefaultClientResources.builder()
            .ioThreadPoolSize(2)
            .computationThreadPoolSize(2)
            .reconnectDelay(Delay.constant(RECONNECT_EVERY))
            .build();
    RedisClient client = RedisClient.create(resources, uri(address, options));
    client.setOptions(options(options));
    try {
      StatefulRedisConnection<String, String> connection = client.connect();
      RedisLink link = new RedisLink(address, resources, client, connection);
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
      commands().ping().whenComplete((answer, failure) -> answered(failure == null));
    } catch (RedisException e) {
      answered(false);
    }
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
