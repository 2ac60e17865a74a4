package app.intentgate.server.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** Standard output that knows whether it ended because its reader did, or for a fault. */
final class StandardOutput extends FilterOutputStream {
  private volatile boolean readerGone;

  /** Not by way of System.out, where what speaks a protocol ends with a reader that has gone. */
  StandardOutput() {
    this(new FileOutputStream(FileDescriptor.out));
  }

  StandardOutput(OutputStream out) {
    super(out);
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    try {
      out.write(bytes, offset, length);
    } catch (IOException e) {
      readerGone = "Broken pipe".equals(e.getMessage());
      throw e;
    }
  }

  /** Whether the last write failed since nobody reads any more, as after {@code | head -1}. */
  boolean readerGone() {
    return readerGone;
  }
}
