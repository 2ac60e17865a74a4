package app.intentgate.server.cli;

import app.intentgate.json.JsonLimits;
import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonParseException;
import app.intentgate.json.JsonReader;
import app.intentgate.json.JsonString;
import app.intentgate.json.JsonWriter;
import app.intentgate.sdk.admin.AdminException;
import app.intentgate.sdk.admin.GateEvent;
import app.intentgate.sdk.admin.GateEvents;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.StringJoiner;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads a stream of a gate, and opens it again where it stopped when it breaks. */
final class Following {
  private static final int MAX_FAILURES = 30;
  private static final JsonLimits LIMITS = new JsonLimits(64 << 20, 500);

  private final Function<String, GateEvents> open;
  private final PrintWriter err;
  private int failures;

  /**
   * A stream.
   *
   * @param open opens it after the event with an id, empty to begin
   */
  Following(Function<String, GateEvents> open, PrintWriter err) {
    this.open = open;
    this.err = err;
  }

  /** Reads so many events; gives up when the gate is away for half a minute. */
  int run(long count, String lastId, Consumer<GateEvent> each) throws IOException {
    String at = lastId;
    long read = 0;
    while (read < count) {
      try (GateEvents events = open.apply(at)) {
        try {
          GateEvent event = events.next();
          while (event != null) {
            failures = 0;
            each.accept(event);
            if (++read >= count) {
              return ExitCodes.OK;
            }
            event = events.next();
          }
        } finally {
          at = events.lastEventId().isEmpty() ? at : events.lastEventId();
        }
        again("the gate ended the stream", null);
      } catch (IOException e) {
        again("the connection broke", null);
      } catch (AdminException e) {
        again(GateRefusal.sentence(e, "this address"), e);
      }
    }
    return ExitCodes.OK;
  }

  private void again(String why, @Nullable AdminException refusal) {
    boolean hopeless = refusal != null && GateRefusal.exitCode(refusal) != ExitCodes.NO_ANSWER;
    if (hopeless || refusal != null && (failures == 0 || failures >= MAX_FAILURES)) {
      throw refusal;
    }
    failures++;
    err.println(why + "; going on where it stopped");
    LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(1));
  }

  /** What an event says. */
  static JsonObject data(GateEvent event) {
    try {
      byte[] text = event.data().getBytes(StandardCharsets.UTF_8);
      return JsonReader.parse(text, LIMITS) instanceof JsonObject o ? o : JsonObject.EMPTY;
    } catch (JsonParseException e) {
      throw new UsageException("an event of the gate is no JSON: " + e.getMessage());
    }
  }

  /** The event with its name and id, for a program. */
  static String named(GateEvent event) {
    return JsonWriter.toText(
        JsonObject.builder(3)
            .put("event", JsonString.of(event.name()))
            .put("id", JsonString.of(event.id()))
            .put("data", data(event))
            .build());
  }

  /** Some members of it on one line, after its name. */
  static String line(GateEvent event, String... members) {
    JsonObject data = data(event);
    StringJoiner line = new StringJoiner(" ");
    line.add("%-8s".formatted(event.name()));
    for (String member : members) {
      String text = Cells.plain(Cells.text(data.get(member)));
      line.add(text.isEmpty() ? "-" : text);
    }
    return line.toString();
  }
}
