package app.intentgate.audit;

import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Reads lines from a stream in constant memory, as ranges of a buffer that the next line may
 * overwrite. Only LF ends a line. One that is too long to be an event is passed over, and stands as
 * an empty one. Not thread-safe.
 */
final class Lines {
  /** The longest line taken; an event is far shorter. */
  static final int MAX_LINE = 64 << 20;

  private static final VarHandle WORD =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ONES = 0x0101010101010101L;
  private static final long HIGHS = ONES << 7;
  private static final long NEWLINES = ONES * '\n';

  private final InputStream in;
  private final int longest;
  private byte[] buffer = new byte[256 << 10];
  private int from;
  private int to;
  private int filled;
  private boolean atEnd;
  private boolean terminated;
  private boolean tooLong;
  private long bytes;
  private long count;

  Lines(InputStream in) {
    this(in, MAX_LINE);
  }

  /** The same with another limit, which is a power of two and no less than the first buffer. */
  Lines(InputStream in, int longest) {
    this.in = in;
    this.longest = longest;
  }

  /**
   * Goes to the next line; false when there is none.
   *
   * @throws IOException when the stream fails
   */
  boolean next() throws IOException {
    from = terminated ? to + 1 : to;
    tooLong = false;
    int searched = from;
    while (true) {
      int end = indexOfNewline(searched, filled);
      if (end >= 0) {
        return line(end, true);
      }
      searched = filled;
      if (atEnd) {
        return from < filled && line(filled, false);
      }
      if (filled - from >= longest) {
        return passOver();
      }
      int shifted = from;
      fill();
      searched -= shifted - from;
    }
  }

  /** Reads to the end of a line that is too long, and forgets what it says. */
  private boolean passOver() throws IOException {
    tooLong = true;
    int end;
    do {
      bytes += filled - from;
      from = 0;
      filled = 0;
      fill();
      end = indexOfNewline(from, filled);
    } while (end < 0 && !atEnd);
    boolean whole = line(end < 0 ? filled : end, end >= 0);
    from = to;
    return whole;
  }

  private boolean line(int end, boolean withNewline) {
    to = end;
    terminated = withNewline;
    bytes += end - from + (withNewline ? 1 : 0);
    count++;
    return true;
  }

  private void fill() throws IOException {
    if (from > 0) {
      System.arraycopy(buffer, from, buffer, 0, filled - from);
      filled -= from;
      from = 0;
    } else if (filled == buffer.length) {
      buffer = Arrays.copyOf(buffer, buffer.length * 2);
    }
    int read = in.read(buffer, filled, buffer.length - filled);
    if (read < 0) {
      atEnd = true;
    } else {
      filled += read;
    }
  }

  private int indexOfNewline(int start, int end) {
    int i = start;
    // Eight bytes at a time: a zero byte in the exclusive-or is a newline.
    for (; i + 8 <= end; i += 8) {
      long x = (long) WORD.get(buffer, i) ^ NEWLINES;
      long found = (x - ONES) & ~x & HIGHS;
      if (found != 0) {
        return i + (Long.numberOfTrailingZeros(found) >>> 3);
      }
    }
    for (; i < end; i++) {
      if (buffer[i] == '\n') {
        return i;
      }
    }
    return -1;
  }

  /** The buffer that the line lies in. */
  byte[] buffer() {
    return buffer;
  }

  /** Where the line starts. */
  int from() {
    return from;
  }

  /** Where the line ends, its LF not included. */
  int to() {
    return to;
  }

  /** Whether the line ends in LF, as all but a torn one do. */
  boolean isTerminated() {
    return terminated;
  }

  /** Whether the line was too long to be kept: as long as {@link #MAX_LINE} without its LF. */
  boolean isTooLong() {
    return tooLong;
  }

  /** How many bytes were read as lines, this one and its LF included. */
  long bytes() {
    return bytes;
  }

  /** The number of the line, from 1. */
  long number() {
    return count;
  }
}
