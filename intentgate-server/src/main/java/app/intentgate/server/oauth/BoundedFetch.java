package app.intentgate.server.oauth;

import app.intentgate.server.http.GateThreads;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.client.BufferingResponseListener;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.Result;
import org.eclipse.jetty.client.transport.HttpClientTransportOverHTTP;
import org.eclipse.jetty.http.HttpCookieStore;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.ClientConnector;

/**
 * Gets documents over HTTP without a thread that waits: at most 256 KiB, within five seconds
 * altogether, without following redirects. Thread-safe.
 */
final class BoundedFetch implements AutoCloseable {
  static final int MAX_BYTES = 256 * 1024;

  private final HttpClient client;
  private final Duration timeout;

  /** A client of its own. */
  BoundedFetch(Duration timeout) {
    this.timeout = timeout;
    GateThreads threads = new GateThreads("intentgate-oauth", 8, 1);
    threads.setDaemon(true);
    ClientConnector connector = new ClientConnector();
    connector.setSelectors(1);
    connector.setExecutor(threads);
    connector.setConnectTimeout(timeout);
    client = new HttpClient(new HttpClientTransportOverHTTP(connector));
    client.setExecutor(threads);
    client.setFollowRedirects(false);
    client.setHttpCookieStore(new HttpCookieStore.Empty());
    client.setUserAgentField(null);
    client.setConnectTimeout(timeout.toMillis());
    client.setMaxConnectionsPerDestination(2);
    // Keys are asked for every few minutes: what lies between may have forgotten the connection.
    client.setIdleTimeout(timeout.toMillis());
    try {
      client.start();
    } catch (Exception e) {
      throw new IllegalStateException("the client of the OAuth issuers does not start", e);
    }
    client.getProtocolHandlers().clear();
    client.getContentDecoderFactories().clear();
  }

  /** The body at an address; fails for every status but 200. */
  CompletableFuture<byte[]> get(URI address) {
    CompletableFuture<byte[]> out = new CompletableFuture<>();
    try {
      client
          .newRequest(address)
          .timeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
          .headers(headers -> headers.put(HttpHeader.ACCEPT, "application/json"))
          .send(new Answer(out));
    } catch (RuntimeException e) {
      out.completeExceptionally(e);
    }
    return out;
  }

  /** Collects one answer. */
  private static final class Answer extends BufferingResponseListener {
    private final CompletableFuture<byte[]> out;

    Answer(CompletableFuture<byte[]> out) {
      super(MAX_BYTES);
      this.out = out;
    }

    @Override
    public void onComplete(Result result) {
      byte[] body = getContent();
      if (result.getFailure() != null) {
        out.completeExceptionally(result.getFailure());
      } else if (result.getResponse().getStatus() != 200 || body == null) {
        out.completeExceptionally(
            new IllegalStateException("status " + result.getResponse().getStatus()));
      } else {
        out.complete(body);
      }
    }
  }

  @Override
  public void close() {
    try {
      client.stop();
    } catch (Exception e) {
      throw new IllegalStateException("the client of the OAuth issuers does not stop", e);
    }
  }
}
