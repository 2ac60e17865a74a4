package app.intentgate.server.upstream;

import app.intentgate.json.JsonValue;

/** Sends messages to the tool server. Thread-safe; never blocks. */
public interface UpstreamClient extends AutoCloseable {
  /**
   * Sends one message and collects its answer, out of an event stream where one comes.
   *
   * @param request what to send
   * @param listener told exactly once what came of it, on a thread of the client
   * @return the exchange, to give it up
   */
  Exchange send(UpstreamRequest request, Listener listener);

  /**
   * Sends one request whose answer is taken as it comes: an event stream event by event, for as
   * long as it lasts.
   *
   * @return the exchange, to give it up
   */
  Exchange open(UpstreamRequest request, UpstreamReceiver receiver);

  /** Gives up what is open and lets go of the connections. */
  @Override
  void close();

  /** Whoever waits for an answer. */
  @FunctionalInterface
  interface Listener {
    /**
     * What came of the exchange; called once.
     *
     * @param head the head of the answer, or {@link UpstreamHead#NONE}
     */
    void onResult(UpstreamResult result, UpstreamHead head);

    /** The server asks for something, in the stream that the answer is looked for in. */
    default void onServerRequest(JsonValue id) {}
  }

  /** An exchange on its way. */
  interface Exchange {
    /** Gives it up: the connection is closed, and the listener told so if it was not yet. */
    void cancel();
  }
}
