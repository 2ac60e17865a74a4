package app.intentgate.server.upstream;

import java.util.List;

/** Takes what an exchange brings, as it comes. Called by one thread at a time; must not block. */
public interface UpstreamReceiver {
  /** An event stream begins; events and an end follow. */
  void onStream(UpstreamHead head);

  /**
   * Events, oldest first.
   *
   * @param more to be run when the next may come
   */
  void onEvents(List<StreamEvent> events, Runnable more);

  /** A complete answer that is no event stream; nothing follows. */
  void onAnswer(UpstreamHead head, byte[] body);

  /** The event stream ended as it should; nothing follows. */
  void onStreamEnd();

  /**
   * The exchange failed, before or in its event stream; nothing follows.
   *
   * @param failure one of {@code TimedOut}, {@code Broken} and {@code TooLarge}
   */
  void onFailure(UpstreamResult failure);
}
