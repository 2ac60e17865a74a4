package app.intentgate.sdk.http;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * Reads {@code text/event-stream} as the HTML standard has it, for the data of its events alone. An
 * event that the stream does not finish is dropped. Not thread-safe.
 */
final class EventStreamReader {
  private static final byte[] BYTE_ORDER_MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};

  private final int maxBytes;
  private final Consumer<byte[]> events;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private final ByteArrayOutputStream data = new ByteArrayOutputStream();
  private boolean hasData;
  private boolean afterReturn;
  private boolean firstLine = true;

  EventStreamReader(int maxBytes, Consumer<byte[]> events) {
    this.maxBytes = maxBytes;
    this.events = events;
  }

  /** Takes the next bytes of the stream. */
  void read(byte[] bytes) throws AnswerException {
    int from = 0;
    for (int i = 0; i < bytes.length; i++) {
      byte b = bytes[i];
      if (b == '\n' && afterReturn && i == from) {
        from = i + 1;
      } else if (b == '\n' || b == '\r') {
        append(bytes, from, i - from);
        endOfLine();
        from = i + 1;
      }
      afterReturn = b == '\r';
    }
    append(bytes, from, bytes.length - from);
  }

  private void append(byte[] bytes, int from, int length) throws AnswerException {
    if (length > maxBytes - line.size() - data.size()) {
      throw AnswerException.tooLarge(maxBytes);
    }
    line.write(bytes, from, length);
  }

  private void endOfLine() {
    byte[] text = line.toByteArray();
    line.reset();
    if (firstLine) {
      firstLine = false;
      if (text.length >= 3 && Arrays.equals(text, 0, 3, BYTE_ORDER_MARK, 0, 3)) {
        text = Arrays.copyOfRange(text, 3, text.length);
      }
    }
    if (text.length == 0) {
      dispatch();
      return;
    }
    int colon = 0;
    while (colon < text.length && text[colon] != ':') {
      colon++;
    }
    if (!"data".equals(new String(text, 0, Math.min(colon, 5), StandardCharsets.US_ASCII))) {
      return;
    }
    int start = Math.min(colon + 1, text.length);
    if (start < text.length && text[start] == ' ') {
      start++;
    }
    if (hasData) {
      data.write('\n');
    }
    hasData = true;
    data.write(text, start, text.length - start);
  }

  private void dispatch() {
    if (hasData) {
      byte[] event = data.toByteArray();
      data.reset();
      hasData = false;
      events.accept(event);
    }
  }
}
