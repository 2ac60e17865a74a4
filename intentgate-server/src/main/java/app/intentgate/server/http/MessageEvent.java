package app.intentgate.server.http;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** A JSON-RPC message as an event of an event stream. */
public final class MessageEvent {
  private static final byte[] NAME = "event: message\n".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] DATA = "data: ".getBytes(StandardCharsets.US_ASCII);

  private MessageEvent() {}

  /** The event, with the empty line that ends it. */
  public static byte[] of(byte[] message) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(message.length + 32);
    out.writeBytes(NAME);
    data(out, message);
    out.write('\n');
    return out.toByteArray();
  }

  /** A message as lines of data: whatever ends a line in it would end one for a client too. */
  public static void data(ByteArrayOutputStream out, byte[] message) {
    int length = message.length;
    while (length > 0 && isLineEnd(message[length - 1])) {
      length--;
    }
    out.writeBytes(DATA);
    for (int i = 0; i < length; i++) {
      if (!isLineEnd(message[i])) {
        out.write(message[i]);
      } else if (message[i] == '\n' || message[i + 1] != '\n') {
        out.write('\n');
        out.writeBytes(DATA);
      }
    }
    out.write('\n');
  }

  private static boolean isLineEnd(byte b) {
    return b == '\n' || b == '\r';
  }
}
