package app.intentgate.server.stdio;

import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonValue;
import app.intentgate.json.JsonWriter;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.util.Locale;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One message of the client on its way to the gate, and what comes back. */
final class Exchange {
  private static final long DELIVERY_SECONDS = 60;
  private static final int MAX_RESUMED = 100;

  private final GateHttp http;
  private final Sessions sessions;
  private final MessageOut out;
  private final Consumer<String> log;
  private final byte[] line;
  private final Rpc message;
  private volatile boolean cancelled;
  private volatile @Nullable CompletableFuture<HttpResponse<InputStream>> sending;
  private volatile @Nullable InputStream reading;
  private @Nullable String session;
  private boolean answered;

  Exchange(
      GateHttp http,
      Sessions sessions,
      MessageOut out,
      Consumer<String> log,
      byte[] line,
      Rpc message) {
    this.http = http;
    this.sessions = sessions;
    this.out = out;
    this.log = log;
    this.line = line;
    this.message = message;
  }

  boolean isStateless() {
    return message.statelessVersion() != null;
  }

  /** Gives it up: the gate learns it from the connection. */
  void cancel() {
    cancelled = true;
    CompletableFuture<HttpResponse<InputStream>> request = sending;
    if (request != null) {
      request.cancel(true);
    }
    InputStream body = reading;
    if (body != null) {
      try {
        body.close();
      } catch (IOException e) {
        log.accept("an exchange could not be closed: " + e);
      }
    }
  }

  /** Sends what has no answer, and waits until the gate has it: the next must not overtake it. */
  void deliver() {
    try {
      HttpResponse<InputStream> response =
          http.post(line, message).get(DELIVERY_SECONDS, TimeUnit.SECONDS);
      response.body().close();
      if (response.statusCode() >= 400) {
        String what = message.method().isEmpty() ? "an answer" : message.method();
        log.accept("the gate refused " + what + ": HTTP " + response.statusCode());
      }
    } catch (ExecutionException | TimeoutException | IOException e) {
      log.accept("the gate cannot be reached: " + cause(e));
    } catch (RuntimeException e) {
      log.accept(failed(e));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Sends a request and hands on whatever comes, its answer in any case. */
  void request() {
    try {
      receive(send(), true);
    } catch (CancellationException e) {
      return;
    } catch (ExecutionException | IOException e) {
      fail("the gate cannot be reached: " + cause(e));
    } catch (RuntimeException e) {
      fail(failed(e));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private HttpResponse<InputStream> send()
      throws IOException, ExecutionException, InterruptedException {
    session = http.session();
    CompletableFuture<HttpResponse<InputStream>> request = http.post(line, message);
    sending = request;
    if (cancelled) {
      request.cancel(true);
    }
    return request.get();
  }

  private void receive(HttpResponse<InputStream> response, boolean mayRenew)
      throws IOException, ExecutionException, InterruptedException {
    try (InputStream body = response.body()) {
      reading = body;
      // Whoever gave it up before this was seen found nothing to close.
      if (cancelled) {
        return;
      }
      int status = response.statusCode();
      boolean initialize = message.method().equals("initialize");
      if (initialize && status == 200) {
        http.opened(response);
      }
      String used = session;
      if (status == 404 && mayRenew && !isStateless() && used != null && !initialize) {
        if (sessions.renew(used)) {
          receive(send(), false);
          return;
        }
        fail("the session ended, and no other could be opened");
        return;
      }
      String type =
          response.headers().firstValue("Content-Type").orElse("").toLowerCase(Locale.ROOT);
      if (status == 200 && type.startsWith("text/event-stream")) {
        stream(body);
      } else {
        whole(status, body);
      }
    }
  }

  private void whole(int status, InputStream body) throws IOException {
    byte[] bytes = body.readNBytes(Bridge.MAX_BYTES + 1);
    Rpc answer = bytes.length > Bridge.MAX_BYTES ? null : Rpc.read(bytes);
    if (answer == null || mine(bytes, answer) == null) {
      fail(status == 200 ? "the gate's answer is no message" : "the gate answered HTTP " + status);
    } else {
      hand(bytes, answer);
    }
  }

  /** The answer to the message under its id; an error may lack it. Null for what is none. */
  private byte @Nullable [] mine(byte[] bytes, Rpc answer) {
    JsonValue id = message.id();
    if (!answer.isResponse() || id == null) {
      return null;
    }
    if (id.equals(answer.id())) {
      return bytes;
    }
    JsonValue error = answer.object().get("error");
    return answer.id() != null || error == null
        ? null
        : JsonWriter.toBytes(
            JsonObject.builder(3).put("jsonrpc", "2.0").put("id", id).put("error", error).build());
  }

  private void stream(InputStream body) throws IOException, InterruptedException {
    InputStream from = body;
    String lastId = null;
    long pause = 1_000;
    for (int resumed = 0; !answered && resumed <= MAX_RESUMED; resumed++) {
      Events events = new Events(from, Bridge.MAX_BYTES);
      boolean broken = false;
      try {
        byte[] data = events.next();
        while (data != null) {
          event(data);
          data = events.next();
        }
      } catch (IOException e) {
        broken = true;
        log.accept("an event stream broke: " + e.getMessage());
      } finally {
        from.close();
      }
      lastId = events.lastId() == null ? lastId : events.lastId();
      pause = events.retryMillis() < 0 ? pause : events.retryMillis();
      if (answered || cancelled || isStateless() || lastId == null) {
        break;
      }
      Thread.sleep(Math.min(pause, 60_000));
      HttpResponse<InputStream> next = again(lastId, broken);
      if (next == null) {
        break;
      }
      from = next.body();
      reading = from;
      if (cancelled) {
        from.close();
        break;
      }
    }
    if (!answered && !cancelled) {
      fail("the event stream ended without the answer");
    }
  }

  /** Goes on with a stream of the era of sessions where it broke (mcp L9). */
  private @Nullable HttpResponse<InputStream> again(String lastId, boolean broken)
      throws IOException, InterruptedException {
    try {
      HttpResponse<InputStream> next = http.listen(lastId).get();
      if (next.statusCode() == 200) {
        return next;
      }
      next.body().close();
    } catch (ExecutionException e) {
      log.accept("a stream that " + (broken ? "broke" : "ended") + " is lost: " + cause(e));
    }
    return null;
  }

  private void event(byte[] data) {
    Rpc event = Rpc.read(data);
    if (event == null) {
      log.accept("an event that is no message was left out");
    } else {
      hand(data, event);
    }
  }

  private void hand(byte[] bytes, Rpc what) {
    byte[] mine = mine(bytes, what);
    if (mine != null) {
      answered = true;
      JsonValue result = what.object().get("result");
      if (result != null && message.method().equals("initialize")) {
        http.chosen(result);
        sessions.opened(line, message);
      } else if (result != null && message.method().equals("tools/list")) {
        http.paramHeaders().learn(result);
      }
    }
    if (!cancelled) {
      out.write(mine == null ? bytes : mine);
    }
  }

  private void fail(String why) {
    if (!answered && !cancelled) {
      answered = true;
      out.write(Rpc.error(message.id(), -32603, why));
    }
  }

  /** What is said of a failure of ours: its message may quote what was to be sent. */
  static String failed(RuntimeException e) {
    return "the message could not be sent: " + e.getClass().getSimpleName();
  }

  static String cause(Exception e) {
    Throwable cause = e instanceof ExecutionException && e.getCause() != null ? e.getCause() : e;
    return cause.getMessage() == null || cause instanceof RuntimeException
        ? cause.getClass().getSimpleName()
        : cause.getMessage();
  }
}
