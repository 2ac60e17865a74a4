package app.intentgate.sdk.http;

import java.io.ByteArrayOutputStream;

/** All of a body, up to a limit. */
final class WholeBody extends BoundedBody {
  private final ByteArrayOutputStream collected = new ByteArrayOutputStream();
  private final int maxBytes;

  WholeBody(int maxBytes) {
    this.maxBytes = maxBytes;
  }

  @Override
  void take(byte[] piece) {
    if (piece.length > maxBytes - collected.size()) {
      fail(AnswerException.tooLarge(maxBytes));
      return;
    }
    collected.writeBytes(piece);
  }

  @Override
  void end() {
    complete(collected.toByteArray());
  }
}
