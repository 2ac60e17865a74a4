package app.intentgate.sdk.http;

import java.util.function.Predicate;

/** An event stream, read until the event that is waited for. */
final class EventStreamBody extends BoundedBody {
  private final EventStreamReader reader;

  /**
   * A stream.
   *
   * @param isLast says of the data of each event whether it is the one; may act on the others
   * @param maxBytes the most bytes one event may have
   */
  EventStreamBody(Predicate<byte[]> isLast, int maxBytes) {
    this.reader =
        new EventStreamReader(
            maxBytes,
            data -> {
              if (isLast.test(data)) {
                complete(data);
              }
            });
  }

  @Override
  void take(byte[] piece) {
    try {
      reader.read(piece);
    } catch (AnswerException | RuntimeException e) {
      fail(e);
    }
  }

  @Override
  void end() {
    fail(AnswerException.ended());
  }
}
