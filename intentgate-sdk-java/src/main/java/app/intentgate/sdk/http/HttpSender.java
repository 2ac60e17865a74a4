package app.intentgate.sdk.http;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscribers;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Predicate;

/** Sends requests, each with one deadline for all of it. Thread-safe. */
public final class HttpSender implements AutoCloseable {
  private static final Duration LONGEST = Duration.ofDays(36_500);

  private final HttpClient http;
  private final boolean owned;
  private final int maxBytes;
  private final Set<Exchange<?>> open = ConcurrentHashMap.newKeySet();
  private final Set<InputStream> bodies = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  /**
   * A sender.
   *
   * @param http who connects
   * @param owned whether it ends with this sender
   * @param maxBytes the most bytes an answer, or one event of it, may have
   */
  public HttpSender(HttpClient http, boolean owned, int maxBytes) {
    this.http = http;
    this.owned = owned;
    this.maxBytes = maxBytes;
  }

  /** A client that follows no redirect: what it carries is meant for one address. */
  public static HttpClient newClient(Duration connectTimeout) {
    return HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .followRedirects(HttpClient.Redirect.NEVER)
        .connectTimeout(connectTimeout)
        .build();
  }

  /**
   * A client of the caller's own.
   *
   * @throws IllegalArgumentException when it follows redirects
   */
  public static HttpClient checked(HttpClient client) {
    if (client.followRedirects() != HttpClient.Redirect.NEVER) {
      throw new IllegalArgumentException(
          "the HTTP client follows redirects, and would take the token along: build it with"
              + " Redirect.NEVER");
    }
    return client;
  }

  /** The nanoseconds of a time that may be longer than anybody waits, such as for ever. */
  public static long nanos(Duration time) {
    return (time.compareTo(LONGEST) > 0 ? LONGEST : time).toNanos();
  }

  /** The most bytes an answer may have. */
  public int maxBytes() {
    return maxBytes;
  }

  /**
   * Sends a request; cancelling the future lets go of the connection.
   *
   * @param isLast of an event stream, says of each event's data whether it is the answer
   * @return the answer; fails as the JDK's client does, with {@link AnswerException}, or with
   *     {@link java.util.concurrent.TimeoutException}
   */
  public CompletableFuture<HttpAnswer> send(
      HttpRequest request, Duration timeout, Predicate<byte[]> isLast) {
    return exchange(
            request,
            timeout,
            info ->
                HttpAnswer.isEventStream(info.headers())
                    ? new EventStreamBody(isLast, maxBytes)
                    : new WholeBody(maxBytes))
        .copyOf(r -> new HttpAnswer(r.statusCode(), r.headers(), r.body()));
  }

  /**
   * Sends a request whose answer, when it is 200, is read while it comes: the deadline is that of
   * its head. The body of any other is there when the future completes. The caller closes the body;
   * so does closing this sender.
   */
  public CompletableFuture<HttpResponse<InputStream>> sendStreamed(
      HttpRequest request, Duration timeout) {
    BodyHandler<InputStream> handler =
        info ->
            info.statusCode() == 200
                ? BodySubscribers.mapping(BodySubscribers.ofInputStream(), this::tracked)
                : BodySubscribers.mapping(new WholeBody(maxBytes), ByteArrayInputStream::new);
    return exchange(request, timeout, handler).copyOf(r -> r);
  }

  private InputStream tracked(InputStream body) {
    InputStream tracked = new TrackedBody(body, bodies::remove);
    bodies.add(tracked);
    if (closed) {
      closeQuietly(tracked);
    }
    return tracked;
  }

  private static void closeQuietly(InputStream body) {
    try {
      body.close();
    } catch (IOException e) {
      // Nothing more comes of it.
    }
  }

  private <T> Exchange<T> exchange(HttpRequest request, Duration timeout, BodyHandler<T> handler) {
    if (closed) {
      throw new IllegalStateException("this client is closed");
    }
    Exchange<T> exchange = new Exchange<>(http.sendAsync(request, handler), timeout);
    open.add(exchange);
    var unused = exchange.sent.whenComplete((done, failure) -> open.remove(exchange));
    if (closed) {
      exchange.sent.cancel(true); // Who closes meanwhile may not have seen it.
    }
    return exchange;
  }

  /** A request on its way. */
  private static final class Exchange<T> {
    private final CompletableFuture<HttpResponse<T>> sent;
    private final Duration timeout;

    Exchange(CompletableFuture<HttpResponse<T>> sent, Duration timeout) {
      this.sent = sent;
      this.timeout = timeout;
    }

    /** A future that ends in time, and whose early end ends the request. */
    <R> CompletableFuture<R> copyOf(Function<HttpResponse<T>, R> mapping) {
      CompletableFuture<R> answer = sent.thenApply(mapping);
      var unused =
          answer
              .orTimeout(nanos(timeout), TimeUnit.NANOSECONDS)
              .whenComplete(
                  (done, failure) -> {
                    if (failure != null) {
                      sent.cancel(true);
                    }
                  });
      return answer;
    }
  }

  /**
   * Lets go of every request and body; later ones fail. Ends the client where this sender made it.
   */
  @Override
  public void close() {
    closed = true;
    open.forEach(exchange -> exchange.sent.cancel(true));
    bodies.forEach(HttpSender::closeQuietly);
    // From JDK 21 on a client can be closed, which waits for bodies that are still open; before, it
    // ends when nothing refers to it.
    if (owned && (Object) http instanceof AutoCloseable closeable) {
      try {
        closeable.close();
      } catch (Exception e) {
        throw new IllegalStateException("the HTTP client does not close", e);
      }
    }
  }
}
