package app.intentgate.server.http;

import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/** Accepts connections that change threads as seldom as may be. */
public final class GateConnector extends ServerConnector {
  /**
   * A connector with one thread that accepts.
   *
   * @param selectors how many threads read
   */
  public GateConnector(Server server, int selectors, ConnectionFactory protocol) {
    super(server, new ReadingOn(server.getThreadPool()), null, null, 1, selectors, protocol);
  }

  @Override
  protected SocketChannelEndPoint newEndPoint(
      SocketChannel channel, ManagedSelector selector, SelectionKey key) {
    ArmedEndPoint end = new ArmedEndPoint(channel, selector, key, getScheduler());
    end.setIdleTimeout(getIdleTimeout());
    return end;
  }
}
