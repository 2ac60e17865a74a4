package app.intentgate.server.upstream;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Cuts the bytes of an event stream into its events. Comments that stand alone are a piece of their
 * own at once. What all pieces hold is what came, but for byte order marks before an event's first
 * line: a client drops the one at the start of what it gets, which is any piece when those before
 * were not for it, and would then read a field where none was seen here. Not thread-safe.
 */
final class EventSplitter {
  static final byte[] DATA = {'d', 'a', 't', 'a'};
  static final byte[] ID = {'i', 'd'};
  private static final byte[] MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};

  private final int limit;
  private byte[] buffer = new byte[512];
  private int size;
  private int lineStart;
  private boolean afterCarriageReturn;
  private boolean onlyComments = true;
  private boolean hasData;
  private boolean hasId;
  private final ByteArrayOutputStream data = new ByteArrayOutputStream();

  /** An event is larger than permitted. */
  static final class TooLargeException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TooLargeException() {
      super("an event is too large", null, false, false);
    }
  }

  /**
   * A splitter.
   *
   * @param limit the most bytes of one event
   */
  EventSplitter(int limit) {
    this.limit = limit;
  }

  /**
   * Takes the next bytes.
   *
   * @return the events that are complete now, oldest first
   * @throws TooLargeException when one exceeds the limit
   */
  List<StreamEvent> feed(ByteBuffer bytes) {
    List<StreamEvent> out = new ArrayList<>(2);
    while (bytes.hasRemaining()) {
      byte b = bytes.get();
      append(b);
      if (b == '\n' && afterCarriageReturn) {
        afterCarriageReturn = false;
        lineStart = size;
      } else if (b == '\n' || b == '\r') {
        afterCarriageReturn = b == '\r';
        dropMarks();
        if (endOfLine(size - 1)) {
          out.add(take());
        }
      } else {
        afterCarriageReturn = false;
      }
    }
    if (size > 0 && lineStart == size && onlyComments) {
      out.add(take());
    }
    return out;
  }

  private void append(byte b) {
    if (size == limit) {
      throw new TooLargeException();
    }
    if (size == buffer.length) {
      buffer = Arrays.copyOf(buffer, (int) Math.min(limit, size * 2L));
    }
    buffer[size++] = b;
  }

  /** Takes away the marks before a line that may become the first of a piece. */
  private void dropMarks() {
    int from = lineStart;
    while (onlyComments
        && size - from > MARK.length
        && Arrays.equals(buffer, from, from + MARK.length, MARK, 0, MARK.length)) {
      from += MARK.length;
    }
    if (from > lineStart) {
      System.arraycopy(buffer, from, buffer, lineStart, size - from);
      size -= from - lineStart;
    }
  }

  /** Takes note of a line; true when it is the empty one that ends an event. */
  private boolean endOfLine(int end) {
    int start = lineStart;
    lineStart = size;
    if (start == end) {
      return true;
    }
    if (buffer[start] == ':') {
      return false;
    }
    onlyComments = false;
    if (isField(buffer, start, end, DATA)) {
      int from = start + DATA.length;
      from += from < end ? 1 : 0;
      from += from < end && buffer[from] == ' ' ? 1 : 0;
      if (hasData) {
        data.write('\n');
      }
      hasData = true;
      data.write(buffer, from, end - from);
    } else if (isField(buffer, start, end, ID)) {
      hasId = true;
    }
    return false;
  }

  /** Whether a line is a field of that name. */
  static boolean isField(byte[] bytes, int start, int end, byte[] name) {
    int colon = start + name.length;
    return end >= colon
        && Arrays.equals(bytes, start, colon, name, 0, name.length)
        && (colon == end || bytes[colon] == ':');
  }

  private StreamEvent take() {
    byte[] message = data.size() == 0 ? null : data.toByteArray();
    StreamEvent event = new StreamEvent(Arrays.copyOf(buffer, size), message, hasId);
    if (buffer.length > 1 << 16) {
      buffer = new byte[512];
    }
    size = 0;
    lineStart = 0;
    onlyComments = true;
    hasData = false;
    hasId = false;
    data.reset();
    return event;
  }
}
