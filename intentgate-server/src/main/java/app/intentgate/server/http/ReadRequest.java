package app.intentgate.server.http;

import java.nio.ByteBuffer;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;

/** A request whose body is here already, so that whoever reads it waits for nobody. */
final class ReadRequest extends Request.Wrapper {
  private final Content.Source body;

  ReadRequest(Request request, byte[] body) {
    super(request);
    this.body = Content.Source.from(ByteBuffer.wrap(body));
  }

  @Override
  public Content.Chunk read() {
    return body.read();
  }

  @Override
  public void demand(Runnable task) {
    body.demand(task);
  }

  @Override
  public void fail(Throwable failure) {
    body.fail(failure);
  }
}
