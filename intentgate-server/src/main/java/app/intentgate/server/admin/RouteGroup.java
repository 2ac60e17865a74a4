package app.intentgate.server.admin;

import java.util.Map;

/** The operators' routes of one feature. */
interface RouteGroup {
  /** What a route does for an operator who signed in and may use it. */
  @FunctionalInterface
  interface RouteHandler {
    /** Handles one request, and answers it. */
    void handle(AdminCall call) throws Exception;
  }

  /** The handlers by method and path, as the route table has them. */
  Map<String, RouteHandler> handlers();

  /** Ends the answers that would last longer than the gate, which stops. */
  default void endStreams() {}
}
