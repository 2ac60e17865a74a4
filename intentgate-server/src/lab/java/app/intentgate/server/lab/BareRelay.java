package app.intentgate.server.lab;

import java.nio.ByteBuffer;
import org.eclipse.jetty.client.BufferingResponseListener;
import org.eclipse.jetty.client.BytesRequestContent;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.Result;
import org.eclipse.jetty.client.transport.HttpClientTransportOverHTTP;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.Promise;
import org.eclipse.jetty.util.thread.Invocable;

/**
 * The yardstick of forwarding: it reads the body, posts it to the tool server and passes the answer
 * on, and checks, records and understands nothing.
 */
final class BareRelay extends Handler.Abstract {
  private final HttpClient client;
  private final String upstream;

  private BareRelay(HttpClient client, String upstream) {
    this.client = client;
    this.upstream = upstream;
  }

  static void serve(int port, int upstreamPort) throws Exception {
    HttpClientTransportOverHTTP transport = new HttpClientTransportOverHTTP(1);
    transport.setInvocationType(Invocable.InvocationType.NON_BLOCKING);
    HttpClient client = new HttpClient(transport);
    client.setMaxConnectionsPerDestination(256);
    client.start();
    client.getProtocolHandlers().clear();
    client.getContentDecoderFactories().clear();
    BareServer.serve(port, new BareRelay(client, "http://127.0.0.1:" + upstreamPort));
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    Content.Source.asByteBuffer(
        request,
        new Promise.Invocable<>() {
          @Override
          public void succeeded(ByteBuffer body) {
            forward(BufferUtil.toArray(body), response, callback);
          }

          @Override
          public void failed(Throwable failure) {
            callback.failed(failure);
          }
        });
    return true;
  }

  private void forward(byte[] body, Response response, Callback callback) {
    client
        .POST(upstream)
        .body(new BytesRequestContent("application/json", body))
        .send(
            new BufferingResponseListener() {
              @Override
              public void onComplete(Result result) {
                if (result.isFailed()) {
                  callback.failed(result.getFailure());
                  return;
                }
                response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json");
                response.write(true, ByteBuffer.wrap(getContent()), callback);
              }
            });
  }
}
