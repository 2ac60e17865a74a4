package app.intentgate.server.stdio;

import app.intentgate.server.GateServer;
import app.intentgate.server.config.Config;
import app.intentgate.server.config.ConfigException;
import app.intentgate.server.config.Credentials;
import app.intentgate.server.config.HttpSettings;
import app.intentgate.server.config.ListenAddress;
import app.intentgate.server.config.StoreSettings;
import app.intentgate.server.config.UpstreamSettings;
import app.intentgate.token.Grant;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/**
 * A gate between a client that started this program and a tool server that this program starts:
 * both speak lines, and every call meets the same checks and the same audit as on a server.
 */
public final class StdioGate {
  /** The file of the token that calls are made with where none is given. */
  static final String TOKEN_FILE = "agent.token";

  /** The agent that such a token is for. */
  static final String AGENT = "desktop";

  private static final long STOP_SECONDS = 20;

  private StdioGate() {}

  /**
   * Runs until the client or the tool server ends.
   *
   * @param command the tool server's command
   * @param environment the variables of the gate
   * @param in the client's messages
   * @param out where messages for the client go, and nothing else
   * @param log told what went wrong, as sentences
   * @return whether it was the client that ended it
   * @throws ConfigException when the gate cannot start
   * @throws IOException when the tool server cannot
   */
  public static boolean run(
      List<String> command,
      Map<String, String> environment,
      InputStream in,
      OutputStream out,
      Consumer<String> log)
      throws IOException {
    Config config = Config.of(StdioEnvironment.of(command, environment));
    Path tokenFile = config.get(StoreSettings.DATA_DIR).resolve(TOKEN_FILE);
    AtomicBoolean childEnded = new AtomicBoolean();
    AtomicReference<Runnable> end = new AtomicReference<>(() -> {});
    StdioUpstream upstream =
        new StdioUpstream(
            command,
            sessionId(),
            Duration.ofMillis(config.get(UpstreamSettings.UPSTREAM_TIMEOUT_MS)),
            Math.toIntExact(config.get(UpstreamSettings.UPSTREAM_MAX_BYTES)),
            () -> {
              childEnded.set(true);
              Objects.requireNonNull(end.get()).run();
            });
    GateServer server;
    try {
      server = GateServer.start(config, upstream);
    } catch (RuntimeException e) {
      upstream.close();
      throw e;
    }
    CountDownLatch stopped = new CountDownLatch(1);
    boolean childFirst;
    try {
      String token = token(environment, tokenFile, server);
      // The token goes to this gate alone, and another program may have the port elsewhere.
      ListenAddress address = config.get(HttpSettings.ADDR).reached(server.port());
      URI url = URI.create("http://" + address + "/v1/mcp");
      Bridge bridge = new Bridge(url, () -> token, out, log);
      end.set(bridge::closeAfterAnswers);
      if (childEnded.get()) {
        bridge.closeAfterAnswers();
      }
      Runtime.getRuntime()
          .addShutdownHook(new Thread(() -> stop(bridge, stopped), "intentgate-stdio-stop"));
      bridge.run(in);
      childFirst = childEnded.get();
    } finally {
      server.close();
      stopped.countDown();
    }
    if (childFirst) {
      log.accept("the tool server ended: " + command.get(0));
    }
    return !childFirst;
  }

  /** A program that is told to stop stops its child too, and loses no event. */
  private static void stop(Bridge bridge, CountDownLatch stopped) {
    bridge.close();
    try {
      if (!stopped.await(STOP_SECONDS, TimeUnit.SECONDS)) {
        System.err.println("intentgate: not stopped in time");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static String sessionId() {
    byte[] bytes = new byte[16];
    new SecureRandom().nextBytes(bytes);
    return "stdio-" + HexFormat.of().formatHex(bytes);
  }

  private static String token(Map<String, String> environment, Path file, GateServer server) {
    String given = environment.getOrDefault(StdioEnvironment.TOKEN, "").strip();
    if (!given.isEmpty() && !Bridge.isToken(given)) {
      throw new ConfigException(
          StdioEnvironment.TOKEN
              + " holds no token: there is white space in it, or another character none has");
    }
    return given.isEmpty()
        ? Credentials.kept(file, () -> server.gate().mint(Grant.to(AGENT)).encode())
        : given;
  }
}
