package app.intentgate.server.upstream;

import java.io.ByteArrayOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * One event of an event stream, or a piece of it that carries none, such as comments.
 *
 * @param raw its bytes as they came, the line that ends it included
 * @param data what its data lines say, or null when it has none or only empty ones
 * @param hasId whether it names an id from which a client may go on later
 */
public record StreamEvent(byte[] raw, byte @Nullable [] data, boolean hasId) {
  /** The event with other data; its id, name, retry time and comments stay. */
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
        out.write(raw, start, next - start);
      } else if (!written) {
        written = true;
        data(out, changed);
      }
      start = next;
    }
    return out.toByteArray();
  }

  private static void data(ByteArrayOutputStream out, byte[] message) {
    int length = message.length;
    while (length > 0 && message[length - 1] == '\n') {
      length--;
    }
    out.writeBytes(new byte[] {'d', 'a', 't', 'a', ':', ' '});
    for (int i = 0; i < length; i++) {
      out.write(message[i]);
      if (message[i] == '\n') {
        out.writeBytes(new byte[] {'d', 'a', 't', 'a', ':', ' '});
      }
    }
    out.write('\n');
  }
}
