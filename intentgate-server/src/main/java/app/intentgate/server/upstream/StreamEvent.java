package app.intentgate.server.upstream;

import app.intentgate.server.http.MessageEvent;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * One event of an event stream, or a piece of it that carries none, such as comments.
 *
 * @param raw its bytes as they came, the line that ends it included
 * @param data what its data lines say, or null when it has none or only empty ones
 * @param hasId whether it names an id from which a client may go on later
 */
public record StreamEvent(byte[] raw, byte @Nullable [] data, boolean hasId) {
  /** A message of the gate's own as an event. */
  public static StreamEvent of(byte[] message) {
    return new StreamEvent(MessageEvent.of(message), message, false);
  }

  /**
   * The event with other data; its id, name, retry time and comments stay. All lines end alike: the
   * carriage return of one before and the line feed of one behind a line that is left out would be
   * the end of a single one, and the event would go on into the next.
   */
  public byte[] withData(byte[] changed) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(raw.length + changed.length);
    boolean written = false;
    int start = 0;
    while (start < raw.length) {
      int end = start;
      while (end < raw.length && raw[end] != '\n' && raw[end] != '\r') {
        end++;
      }
      int next = end;
      if (next < raw.length) {
        next += raw[next] == '\r' && next + 1 < raw.length && raw[next + 1] == '\n' ? 2 : 1;
      }
      if (!EventSplitter.isField(raw, start, end, EventSplitter.DATA)) {
        out.write(raw, start, end - start);
        out.write('\n');
      } else if (!written) {
        written = true;
        MessageEvent.data(out, changed);
      }
      start = next;
    }
    return out.toByteArray();
  }

  /** The event with other data of the same kind, for whoever reads it next. */
  public StreamEvent replacing(byte[] changed) {
    return new StreamEvent(withData(changed), changed, hasId);
  }

  /** The event with something before its id, so that those of several streams differ. */
  public StreamEvent withIdPrefix(String prefix) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(raw.length + prefix.length());
    int start = 0;
    while (start < raw.length) {
      int end = start;
      while (end < raw.length && raw[end] != '\n' && raw[end] != '\r') {
        end++;
      }
      int from = start;
      if (EventSplitter.isField(raw, start, end, EventSplitter.ID)) {
        from += EventSplitter.ID.length;
        from += from < end ? 1 : 0;
        from += from < end && raw[from] == ' ' ? 1 : 0;
        out.writeBytes(("id: " + prefix).getBytes(StandardCharsets.UTF_8));
      }
      int next = end < raw.length ? end + 1 : end;
      out.write(raw, from, next - from);
      start = next;
    }
    return new StreamEvent(out.toByteArray(), data, hasId);
  }
}
