package app.intentgate.server;

import app.intentgate.server.config.Config;
import app.intentgate.server.exchange.Gate;
import java.util.Map;

/** A gate inside the JVM of the test. */
final class InProcessGate implements Gate {
  private final GateServer server;

  private InProcessGate(GateServer server) {
    this.server = server;
  }

  static InProcessGate start(Map<String, String> environment) {
    return new InProcessGate(GateServer.start(Config.of(environment)));
  }

  GateServer server() {
    return server;
  }

  @Override
  public int port() {
    return server.port();
  }

  @Override
  public void end(boolean kill) {
    server.close();
  }
}
