package app.intentgate.server.upstream;

/** Sends messages to the tool server. Thread-safe; never blocks. */
public interface UpstreamClient extends AutoCloseable {
  /**
   * Sends one message.
   *
   * @param request what to send
   * @param listener told exactly once what came of it, on a thread of the client
   * @return the exchange, to give it up
   */
  Exchange send(UpstreamRequest request, Listener listener);

  /** Gives up what is open and lets go of the connections. */
  @Override
  void close();

  /** Whoever waits for an answer. */
  @FunctionalInterface
  interface Listener {
    /** What came of the exchange; called once. */
    void onResult(UpstreamResult result);
  }

  /** An exchange on its way. */
  interface Exchange {
    /** Gives it up: the connection is closed, and the listener told so if it was not yet. */
    void cancel();
  }
}
