package app.intentgate.server.stdio;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** Reads messages, one on each line, and no line larger than a limit. Not thread-safe. */
final class Lines {
  private static final int CHUNK = 16 * 1024;

  private final InputStream in;
  private final int limit;
  private final byte[] chunk = new byte[CHUNK];
  private int at;
  private int end;

  /** A line was longer than the limit; what comes after it can be read. */
  static final class TooLongException extends IOException {
    private static final long serialVersionUID = 1L;

    TooLongException(int limit) {
      super("a line is longer than " + limit + " bytes");
    }
  }

  Lines(InputStream in, int limit) {
    this.in = in;
    this.limit = limit;
  }

  /**
   * The next line that is not empty, without its end; null at the end of the input.
   *
   * @throws TooLongException when it is longer than the limit; it was passed over
   */
  byte @Nullable [] next() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream(512);
    boolean tooLong = false;
    while (true) {
      if (at == end) {
        at = 0;
        end = Math.max(0, in.read(chunk, 0, CHUNK));
        if (end == 0) {
          return take(line, tooLong);
        }
      }
      int start = at;
      while (at < end && chunk[at] != '\n') {
        at++;
      }
      tooLong |= line.size() + (at - start) > limit;
      if (!tooLong) {
        line.write(chunk, start, at - start);
      } else {
        line.reset();
      }
      if (at < end) {
        at++;
        byte[] text = take(line, tooLong);
        if (text != null) {
          return text;
        }
      }
    }
  }

  private byte @Nullable [] take(ByteArrayOutputStream line, boolean tooLong) throws IOException {
    if (tooLong) {
      throw new TooLongException(limit);
    }
    byte[] text = line.toByteArray();
    line.reset();
    for (byte b : text) {
      if (b != ' ' && b != '\t' && b != '\r') {
        return text;
      }
    }
    return null;
  }
}
