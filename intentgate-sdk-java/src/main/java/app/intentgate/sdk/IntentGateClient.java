package app.intentgate.sdk;

import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonString;
import app.intentgate.json.JsonValue;
import app.intentgate.sdk.http.HttpSender;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Calls tools through a gate over HTTP. Immutable and thread-safe; build one and keep it.
 *
 * <pre>{@code
 * IntentGateClient client = IntentGateClient.builder().url("http://127.0.0.1:8080").token(token).build();
 * ToolResult result = client.call("read_invoice", Map.of("id", 7));
 * System.out.println(result.text());
 * }</pre>
 *
 * <p>A call is sent again only where it certainly was not carried out: the connection was refused,
 * the gate said that it judged nothing (429, 503, {@code audit store unavailable}), or it refused a
 * token that the {@link TokenSource} could renew.
 */
public final class IntentGateClient implements GateClient, HeldCalls {
  private final HttpSender sender;
  private final RpcRequests requests;
  private final RpcAnswers answers;
  private final TokenSource tokens;
  private final Duration timeout;
  private final int retries;
  private final AtomicLong ids = new AtomicLong();

  IntentGateClient(
      HttpSender sender, RpcRequests requests, TokenSource tokens, Duration timeout, int retries) {
    this.sender = sender;
    this.requests = requests;
    this.answers = new RpcAnswers(sender.maxBytes());
    this.tokens = tokens;
    this.timeout = timeout;
    this.retries = retries;
  }

  /** A builder: it needs a URL. */
  public static IntentGateClientBuilder builder() {
    return new IntentGateClientBuilder();
  }

  @Override
  public CompletableFuture<ToolResult> callAsync(
      String tool, JsonObject arguments, CallOptions options) {
    return called(
        JsonObject.of("name", JsonValue.of(tool), "arguments", arguments), options, n -> {});
  }

  /** Asks for progress: a gate then holds the call as long as it is decided, and says so. */
  @Override
  public CompletableFuture<ToolResult> callAsync(
      String tool, JsonObject arguments, CallOptions options, Consumer<ApprovalPending> onPending) {
    JsonObject params =
        JsonObject.builder(3)
            .put("name", tool)
            .put("arguments", arguments)
            .put("_meta", JsonObject.of("progressToken", JsonValue.of("approval")))
            .build();
    return called(
        params,
        options,
        notification -> {
          ApprovalPending pending = ApprovalPending.fromProgress(notification);
          if (pending != null) {
            onPending.accept(pending);
          }
        });
  }

  private CompletableFuture<ToolResult> called(
      JsonObject params, CallOptions options, Consumer<JsonObject> notifications) {
    return mapped(
        send("tools/call", params, options, notifications),
        r -> ToolResult.of(r.value(), r.callId()));
  }

  @Override
  public CompletableFuture<List<ToolDescription>> toolsAsync(CallOptions options) {
    return new ToolPages(params -> send("tools/list", params, options, n -> {})).start();
  }

  private CompletableFuture<RpcAnswers.Result> send(
      String method, JsonObject params, CallOptions options, Consumer<JsonObject> notifications) {
    JsonString id = JsonValue.of("c" + ids.incrementAndGet());
    JsonObject message =
        JsonObject.builder(4)
            .put("jsonrpc", "2.0")
            .put("id", id)
            .put("method", method)
            .put("params", params)
            .build();
    Duration limit = options.timeout() != null ? options.timeout() : timeout;
    return new RpcCaller(
            sender, requests, answers, tokens, options, id, message, notifications, limit, retries)
        .start();
  }

  /** The mapped future, whose cancelling cancels the request. */
  private static <T, R> CompletableFuture<R> mapped(
      CompletableFuture<T> request, Function<T, R> mapping) {
    CompletableFuture<R> result = request.thenApply(mapping);
    var unused =
        result.whenComplete(
            (done, failure) -> {
              if (failure != null) {
                request.cancel(true);
              }
            });
    return result;
  }

  /** Lets go of all connections; calls under way fail, and so do later ones. */
  @Override
  public void close() {
    sender.close();
  }

  @Override
  public String toString() {
    return "IntentGateClient[" + requests.address() + "]";
  }
}
