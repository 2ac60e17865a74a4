package app.intentgate.sdk.http;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.Consumer;

/** A body that tells when it is over. */
final class TrackedBody extends FilterInputStream {
  private final Consumer<InputStream> over;

  TrackedBody(InputStream body, Consumer<InputStream> over) {
    super(body);
    this.over = over;
  }

  @Override
  public int read() throws IOException {
    return told(in.read());
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    return told(in.read(into, offset, length));
  }

  private int told(int read) {
    if (read < 0) {
      over.accept(this);
    }
    return read;
  }

  @Override
  public void close() throws IOException {
    over.accept(this);
    super.close();
  }
}
