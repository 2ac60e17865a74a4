package app.intentgate.sdk.admin;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The events of a stream, read one after the other. Blocks while nothing happens. Close it to end;
 * another thread may, and closing the client does. Otherwise not thread-safe.
 */
public final class GateEvents implements AutoCloseable {
  private static final int MAX_EVENT = 64 << 20;

  /** Gates write something every 15 seconds. */
  private static final Duration SILENCE = Duration.ofSeconds(60);

  private final InputStream body;
  private final InputStream buffered;
  private final int maxEvent;
  private volatile String lastId = "";

  GateEvents(InputStream body) {
    this(body, SILENCE, MAX_EVENT);
  }

  GateEvents(InputStream body, Duration silence, int maxEvent) {
    this.body = body;
    this.maxEvent = maxEvent;
    this.buffered = new BufferedInputStream(new WatchedBody(body, silence), 16 * 1024);
  }

  /**
   * The next event, or null when the gate ended the stream.
   *
   * @throws IOException when the connection broke, nothing at all came for a minute, or an event is
   *     larger than 64 MiB
   */
  public @Nullable GateEvent next() throws IOException {
    String id = "";
    String name = "";
    StringBuilder data = new StringBuilder();
    for (String line = line(); line != null; line = line()) {
      if (line.isEmpty()) {
        lastId = id.isEmpty() ? lastId : id;
        if (data.length() > 0) {
          return new GateEvent(id, name, data.toString());
        }
        name = "";
        id = "";
      } else if (line.startsWith("data:")) {
        if (data.length() > 0) {
          data.append('\n');
        }
        if (data.length() + line.length() > maxEvent) {
          throw new IOException("an event is larger than " + maxEvent + " bytes");
        }
        data.append(value(line));
      } else if (line.startsWith("id:")) {
        id = value(line);
      } else if (line.startsWith("event:")) {
        name = value(line);
      }
    }
    return null;
  }

  /**
   * Where a later stream goes on with all that was not read here, also when nothing was: as the
   * gate last said; empty when it did not.
   */
  public String lastEventId() {
    return lastId;
  }

  private static String value(String line) {
    String value = line.substring(line.indexOf(':') + 1);
    return value.startsWith(" ") ? value.substring(1) : value;
  }

  private @Nullable String line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int b = buffered.read(); b >= 0; b = buffered.read()) {
      if (b == '\n') {
        String text = line.toString(StandardCharsets.UTF_8);
        return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
      }
      if (line.size() >= maxEvent) {
        throw new IOException("an event is larger than " + maxEvent + " bytes");
      }
      line.write(b);
    }
    return null;
  }

  @Override
  public void close() throws IOException {
    body.close();
  }
}
