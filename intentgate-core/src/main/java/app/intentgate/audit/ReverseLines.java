package app.intentgate.audit;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/**
 * Reads the lines of a file from its end to its start, as ranges of a buffer that the next line may
 * overwrite. Every line must end in LF. Not thread-safe.
 */
final class ReverseLines {
  private static final int BLOCK = 64 << 10;

  private final FileChannel channel;
  private byte[] buffer = new byte[BLOCK];
  private long bufferOffset;
  private int from;
  private int to;

  /** Reads the lines before an offset, which must be the end of a line. */
  ReverseLines(FileChannel channel, long end) {
    this.channel = channel;
    this.bufferOffset = end;
  }

  /** Goes to the line before; false when there is none. */
  boolean next() throws IOException {
    if (offset() == 0) {
      return false;
    }
    if (from == 0) {
      load(offset(), BLOCK);
    }
    int size = BLOCK;
    while (true) {
      to = from - 1; // the LF that ends the line
      for (int i = to - 1; i >= 0; i--) {
        if (buffer[i] == '\n') {
          from = i + 1;
          return true;
        }
      }
      if (bufferOffset == 0) {
        from = 0;
        return true;
      }
      size *= 2;
      load(offset(), size);
    }
  }

  /** Fills the buffer with what comes before an offset. */
  private void load(long end, int size) throws IOException {
    if (size > Lines.MAX_LINE) {
      throw new IOException("a line is longer than " + Lines.MAX_LINE + " bytes");
    }
    int length = (int) Math.min(size, end);
    if (buffer.length < length) {
      buffer = new byte[length];
    }
    bufferOffset = end - length;
    ByteBuffer target = ByteBuffer.wrap(buffer, 0, length);
    while (target.hasRemaining()) {
      if (channel.read(target, bufferOffset + target.position()) < 0) {
        throw new IOException("the audit file became shorter while it was read");
      }
    }
    from = length;
  }

  byte[] buffer() {
    return buffer;
  }

  /** Where the line starts in the buffer. */
  int from() {
    return from;
  }

  /** Where the line ends in the buffer, its LF not included. */
  int to() {
    return to;
  }

  /** Where the line starts in the file. */
  long offset() {
    return bufferOffset + from;
  }
}
