package app.intentgate.server.stdio;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Reads an event stream, event by event, each of bounded size. Not thread-safe. */
final class Events {
  private final InputStream in;
  private final int limit;
  private final byte[] chunk = new byte[16 * 1024];
  private int at;
  private int end;
  private boolean afterReturn;
  private @Nullable String lastId;
  private @Nullable String namedId;
  private long retryMillis = -1;

  Events(InputStream in, int limit) {
    this.in = in;
    this.limit = limit;
  }

  /** The id of the last event that had one and came whole, or null. */
  @Nullable String lastId() {
    return lastId;
  }

  /** How long the server wants its client to wait before it comes back; -1 when it does not say. */
  long retryMillis() {
    return retryMillis;
  }

  /**
   * The data of the next event that has any; null at the end of the stream.
   *
   * @throws IOException also when an event is larger than the limit
   */
  byte @Nullable [] next() throws IOException {
    ByteArrayOutputStream data = new ByteArrayOutputStream(512);
    while (true) {
      byte[] line = line();
      if (line == null) {
        return null;
      }
      if (line.length == 0) {
        // Not before: of an event that breaks off the rest would never be asked for.
        lastId = namedId;
        if (data.size() > 0) {
          return data.toByteArray();
        }
        continue;
      }
      field(line, data);
      if (data.size() > limit) {
        throw new IOException("an event is larger than " + limit + " bytes");
      }
    }
  }

  private void field(byte[] line, ByteArrayOutputStream data) {
    int colon = 0;
    while (colon < line.length && line[colon] != ':') {
      colon++;
    }
    String name = new String(line, 0, colon, StandardCharsets.UTF_8);
    int from = colon + 1 < line.length && line[colon + 1] == ' ' ? colon + 2 : colon + 1;
    int length = Math.max(0, line.length - from);
    switch (name) {
      case "data" -> {
        if (data.size() > 0) {
          data.write('\n');
        }
        data.write(line, Math.min(from, line.length), length);
      }
      case "id" -> {
        String id = new String(line, Math.min(from, line.length), length, StandardCharsets.UTF_8);
        // It goes into a header: what cannot stand there is not gone on from.
        namedId = id.chars().allMatch(c -> c >= 0x20 && c < 0x7f) && !id.isEmpty() ? id : null;
      }
      case "retry" -> {
        String text = new String(line, Math.min(from, line.length), length, StandardCharsets.UTF_8);
        if (text.matches("[0-9]{1,9}")) {
          retryMillis = Long.parseLong(text);
        }
      }
      default -> {
        // A comment, or a field that nobody needs here.
      }
    }
  }

  private byte @Nullable [] line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream(256);
    while (true) {
      if (at == end) {
        at = 0;
        end = Math.max(0, in.read(chunk, 0, chunk.length));
        if (end == 0) {
          return null;
        }
      }
      byte b = chunk[at++];
      if (b == '\n' && afterReturn) {
        afterReturn = false;
        continue;
      }
      afterReturn = b == '\r';
      if (b == '\n' || b == '\r') {
        return line.toByteArray();
      }
      line.write(b);
      if (line.size() > limit) {
        throw new IOException("an event is larger than " + limit + " bytes");
      }
    }
  }
}
