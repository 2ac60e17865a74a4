package app.intentgate.server.upstream;

import app.intentgate.server.config.HeaderLine;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.client.BytesRequestContent;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.client.transport.HttpClientTransportOverHTTP;
import org.eclipse.jetty.http.HttpCookieStore;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.ClientConnector;
import org.eclipse.jetty.util.thread.Invocable;
import org.jspecify.annotations.Nullable;

/**
 * The client over Jetty's. Connections are pooled and given up after {@link #IDLE} without use, so
 * that none is reused that the server is about to close (mcp T12); Jetty sends a request again only
 * when nothing of it was written.
 */
public final class JettyUpstreamClient implements UpstreamClient {
  /** Shorter than the five seconds that common servers keep a connection. */
  private static final Duration IDLE = Duration.ofSeconds(4);

  private static final int SELECTORS =
      Math.max(1, Math.min(16, Runtime.getRuntime().availableProcessors() / 2));

  private static final int MAX_CONNECTIONS = 4_096;
  private static final int MAX_QUEUED = 16_384;

  private final HttpClient client;
  private final Target target;
  private final Executor executor;

  /**
   * Where to send, and what with.
   *
   * @param url the tool server's address
   * @param timeout the longest exchange, connecting included
   * @param maxBytes the largest answer
   * @param credential the header sent with everything, or null
   * @param toolCredentials headers by tool, over the one for everything
   */
  public record Target(
      URI url,
      Duration timeout,
      int maxBytes,
      @Nullable HeaderLine credential,
      Map<String, HeaderLine> toolCredentials) {}

  /**
   * Starts a client.
   *
   * @param target where to
   * @param executor runs the client's work; it must not be a caller's thread
   */
  public JettyUpstreamClient(Target target, Executor executor) {
    this.target = target;
    this.executor = executor;
    ClientConnector connector = new ClientConnector();
    connector.setSelectors(SELECTORS);
    connector.setExecutor(executor);
    connector.setConnectTimeout(target.timeout());
    HttpClientTransportOverHTTP transport = new HttpClientTransportOverHTTP(connector);
    // An answer is taken by the thread that finds it readable; nothing done with one waits.
    transport.setInvocationType(Invocable.InvocationType.NON_BLOCKING);
    // As at the front: no table of 100 KB for each connection.
    transport.setHeaderCacheSize(0);
    client = new HttpClient(transport);
    client.setExecutor(executor);
    client.setFollowRedirects(false);
    client.setHttpCookieStore(new HttpCookieStore.Empty());
    client.setUserAgentField(null);
    client.setIdleTimeout(IDLE.toMillis());
    client.setMaxConnectionsPerDestination(MAX_CONNECTIONS);
    client.setMaxRequestsQueuedPerDestination(MAX_QUEUED);
    client.setConnectTimeout(target.timeout().toMillis());
    try {
      client.start();
    } catch (Exception e) {
      throw new IllegalStateException("the upstream client does not start", e);
    }
    client.getProtocolHandlers().clear();
    client.getProtocolHandlers().put(new InterimAnswers());
    client.getContentDecoderFactories().clear();
  }

  @Override
  public Exchange send(UpstreamRequest request, Listener listener) {
    long timeout = target.timeout().toMillis();
    Request http =
        request(request)
            .timeout(timeout, TimeUnit.MILLISECONDS)
            .idleTimeout(timeout, TimeUnit.MILLISECONDS);
    http.send(new ExchangeListener(request.id(), target.maxBytes(), listener, executor));
    return cancellation(http);
  }

  @Override
  public Exchange open(UpstreamRequest request, UpstreamReceiver receiver) {
    Request http = request(request).idleTimeout(0, TimeUnit.MILLISECONDS);
    StreamListener listener = new StreamListener(target.maxBytes(), receiver, executor);
    listener.limit(
        client
            .getScheduler()
            .schedule(
                () -> {
                  // Whether there was something left to abort is told to the receiver.
                  var unused = http.abort(new TimeoutException());
                },
                target.timeout().toMillis(),
                TimeUnit.MILLISECONDS));
    http.send(listener);
    return cancellation(http);
  }

  private Request request(UpstreamRequest request) {
    Request http =
        client
            .newRequest(target.url())
            .method(request.method().name())
            .headers(headers -> fill(headers, request));
    return request.method() == UpstreamRequest.Method.POST
        ? http.body(new BytesRequestContent("application/json", request.body()))
        : http;
  }

  private static Exchange cancellation(Request http) {
    return () -> {
      // Whether there was something left to abort is told to the listener.
      var unused = http.abort(new ExchangeListener.GivenUp());
    };
  }

  private void fill(HttpFields.Mutable headers, UpstreamRequest request) {
    headers.put(
        HttpHeader.ACCEPT,
        request.method() == UpstreamRequest.Method.GET
            ? "text/event-stream"
            : "application/json, text/event-stream");
    for (int i = 0; i + 1 < request.headers().size(); i += 2) {
      headers.add(request.headers().get(i), request.headers().get(i + 1));
    }
    put(headers, target.credential());
    if (request.tool() != null) {
      put(headers, target.toolCredentials().get(request.tool()));
    }
  }

  private static void put(HttpFields.Mutable headers, @Nullable HeaderLine line) {
    if (line != null) {
      headers.put(line.name(), line.value());
    }
  }

  @Override
  public void close() {
    try {
      client.stop();
    } catch (Exception e) {
      throw new IllegalStateException("the upstream client does not stop", e);
    }
  }
}
