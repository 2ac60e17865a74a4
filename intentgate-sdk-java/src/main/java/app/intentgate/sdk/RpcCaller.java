package app.intentgate.sdk;

import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonString;
import app.intentgate.json.JsonWriter;
import app.intentgate.sdk.http.AnswerException;
import app.intentgate.sdk.http.HttpAnswer;
import app.intentgate.sdk.http.HttpSender;
import app.intentgate.token.CapabilityToken;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One request to a gate, sent again only where it certainly was not carried out: the connection was
 * never made, the gate said that it judged nothing, or it refused a token that has been renewed
 * since.
 */
final class RpcCaller {
  private static final Duration FIRST_PAUSE = Duration.ofMillis(100);

  private final HttpSender sender;
  private final RpcRequests requests;
  private final RpcAnswers answers;
  private final TokenSource tokens;
  private final CallOptions options;
  private final JsonString id;
  private final JsonObject message;
  private final Consumer<JsonObject> notifications;
  private final long deadline;
  private final CompletableFuture<RpcAnswers.Result> outcome = new CompletableFuture<>();
  private volatile @Nullable CompletableFuture<HttpAnswer> current;
  private int retriesLeft;
  private Duration pause = FIRST_PAUSE;
  private boolean renewed;

  RpcCaller(
      HttpSender sender,
      RpcRequests requests,
      RpcAnswers answers,
      TokenSource tokens,
      CallOptions options,
      JsonString id,
      JsonObject message,
      Consumer<JsonObject> notifications,
      Duration timeout,
      int retries) {
    this.sender = sender;
    this.requests = requests;
    this.answers = answers;
    this.tokens = tokens;
    this.options = options;
    this.id = id;
    this.message = message;
    this.notifications = notifications;
    this.deadline = System.nanoTime() + HttpSender.nanos(timeout);
    this.retriesLeft = retries;
  }

  /** Sends it; cancelling the future lets go of the connection. */
  CompletableFuture<RpcAnswers.Result> start() {
    attempt();
    var unused =
        outcome.whenComplete(
            (done, failure) -> {
              if (failure != null) {
                cancelCurrent();
              }
            });
    return outcome;
  }

  private void cancelCurrent() {
    CompletableFuture<HttpAnswer> running = current;
    if (running != null) {
      running.cancel(true);
    }
  }

  private void attempt() {
    if (outcome.isDone()) {
      return;
    }
    try {
      send(tokens.token(new TokenSource.Request(options.user(), null)));
    } catch (RuntimeException e) {
      outcome.completeExceptionally(e);
    }
  }

  private void send(@Nullable CapabilityToken token) {
    HttpRequest request = requests.of(JsonWriter.toBytes(message), token, options);
    Duration left = Duration.ofNanos(Math.max(1_000_000, deadline - System.nanoTime()));
    CompletableFuture<HttpAnswer> sent =
        sender.send(request, left, event -> answers.answers(event, id, notifications));
    current = sent;
    if (outcome.isDone()) {
      cancelCurrent(); // Who cancelled meanwhile may not have seen this request.
    }
    var unused =
        sent.whenComplete(
            (answer, failure) -> {
              try {
                if (failure != null) {
                  failed(Waiting.unwrap(failure));
                } else {
                  answered(answer, token);
                }
              } catch (RuntimeException | Error e) {
                outcome.completeExceptionally(e);
              }
            });
  }

  private void answered(HttpAnswer answer, @Nullable CapabilityToken token) {
    RpcAnswers.Result result;
    try {
      result = answers.read(answer, id);
    } catch (GateUnavailable e) {
      if (e.mayHaveRun() || !again(e.retryAfter().orElse(pause))) {
        outcome.completeExceptionally(e);
      }
      return;
    } catch (CapabilityDenied e) {
      if (!renew(e, token)) {
        outcome.completeExceptionally(e);
      }
      return;
    } catch (IntentGateException e) {
      outcome.completeExceptionally(e);
      return;
    }
    outcome.complete(result);
  }

  /** Whether a refused token has a newer one, with which the call is under way. */
  private boolean renew(CapabilityDenied denied, @Nullable CapabilityToken token) {
    if (token == null || renewed || !StaleTokens.isStale(denied)) {
      return false;
    }
    renewed = true;
    CapabilityToken newer = tokens.token(new TokenSource.Request(options.user(), token));
    if (newer == null || newer.equals(token)) {
      return false;
    }
    send(newer);
    return true;
  }

  private void failed(Throwable failure) {
    if (failure instanceof ConnectException || failure instanceof HttpConnectTimeoutException) {
      if (!again(pause)) {
        outcome.completeExceptionally(
            new TransportError(Failure.of("the gate cannot be reached", false, failure)));
      }
      return;
    }
    outcome.completeExceptionally(exception(failure));
  }

  private static Throwable exception(Throwable failure) {
    if (failure instanceof TimeoutException) {
      return new TransportError(Failure.of("the gate did not answer in time", true, failure));
    }
    if (failure instanceof AnswerException answer) {
      return answer.tooLarge()
          ? new ProtocolError(Failure.of(String.valueOf(answer.getMessage()), true, answer))
          : new TransportError(Failure.of(String.valueOf(answer.getMessage()), true, answer));
    }
    if (failure instanceof IOException) {
      return new TransportError(Failure.of("the connection to the gate broke", true, failure));
    }
    if (failure instanceof RuntimeException && !(failure instanceof CancellationException)) {
      return new ProtocolError(Failure.of("an event of the answer is no JSON", true, failure));
    }
    return failure;
  }

  /** Sends it again after a while, where tries and time are left. */
  private boolean again(Duration after) {
    if (retriesLeft <= 0 || deadline - System.nanoTime() < after.toNanos()) {
      return false;
    }
    retriesLeft--;
    pause = pause.multipliedBy(2);
    CompletableFuture.delayedExecutor(after.toNanos(), TimeUnit.NANOSECONDS).execute(this::attempt);
    return true;
  }
}
