package app.intentgate.server.http;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;

/**
 * Collects an answer and writes it in one piece once it is made, so that no thread waits for a
 * client that does not read it. For pages of a known, small size only: nothing is bounded here.
 */
final class WholeAnswer extends Response.Wrapper implements Callback {
  private final Callback callback;
  private final ByteArrayOutputStream body = new ByteArrayOutputStream(1 << 12);

  /**
   * An answer yet to be made.
   *
   * @param callback is completed when the answer was written
   */
  WholeAnswer(Request request, Response response, Callback callback) {
    super(request, response);
    this.callback = callback;
  }

  @Override
  public void write(boolean last, ByteBuffer bytes, Callback written) {
    if (bytes != null) {
      byte[] piece = BufferUtil.toArray(bytes);
      body.write(piece, 0, piece.length);
      bytes.position(bytes.limit());
    }
    written.succeeded();
  }

  @Override
  public void succeeded() {
    getWrapped().write(true, ByteBuffer.wrap(body.toByteArray()), callback);
  }

  @Override
  public void failed(Throwable cause) {
    callback.failed(cause);
  }
}
