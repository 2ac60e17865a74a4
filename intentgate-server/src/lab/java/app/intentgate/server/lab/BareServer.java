package app.intentgate.server.lab;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.PreEncodedHttpField;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * The yardstick: a Jetty handler that reads the body and answers a constant, with the thread pool
 * and the connector of the gate. It is the stub upstream too.
 */
final class BareServer extends Handler.Abstract {
  private static final HttpField JSON =
      new PreEncodedHttpField(HttpHeader.CONTENT_TYPE, "application/json");
  private static final byte[] ANSWER =
      """
      {"jsonrpc":"2.0","id":1,"result":{"content":[{"type":"text","text":"%s"}],"isError":false}}
      """
          .formatted("an answer of the usual length".repeat(3))
          .getBytes(StandardCharsets.US_ASCII);

  private BareServer() {}

  static void serve(int port) throws Exception {
    serve(port, new BareServer());
  }

  /** Serves with the thread pool and the connector of the gate. */
  static void serve(int port, Handler handler) throws Exception {
    QueuedThreadPool threads = new QueuedThreadPool(64, 4);
    Server server = new Server(threads);
    HttpConfiguration http = new HttpConfiguration();
    http.setSendServerVersion(false);
    http.setSendDateHeader(false);
    ServerConnector connector = new ServerConnector(server, 1, -1, new HttpConnectionFactory(http));
    connector.setHost("127.0.0.1");
    connector.setPort(port);
    connector.setAcceptQueueSize(1024);
    server.addConnector(connector);
    server.setHandler(handler);
    server.start();
    server.join();
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    Content.Source.asByteBuffer(
        request,
        new org.eclipse.jetty.util.Promise.Invocable<>() {
          @Override
          public void succeeded(ByteBuffer body) {
            response.getHeaders().put(JSON);
            response.write(true, ByteBuffer.wrap(ANSWER), callback);
          }

          @Override
          public void failed(Throwable failure) {
            callback.failed(failure);
          }
        });
    return true;
  }
}
