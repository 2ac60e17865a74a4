package app.intentgate.server;

import app.intentgate.server.config.Config;
import app.intentgate.server.exchange.Gate;
import java.util.Map;
import org.eclipse.jetty.server.AbstractConnector;
import org.eclipse.jetty.server.Connector;

/** A gate inside the JVM of the test. */
final class InProcessGate implements Gate {
  private final GateServer server;

  private InProcessGate(GateServer server) {
    this.server = server;
  }

  static InProcessGate start(Map<String, String> environment) {
    GateServer server = GateServer.start(Config.of(environment));
    for (Connector connector : server.listening().getConnectors()) {
      if (connector instanceof AbstractConnector kept) {
        // At its end it gives idle connections of clients a second, and some test has many ends.
        kept.setShutdownIdleTimeout(20);
      }
    }
    return new InProcessGate(server);
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
