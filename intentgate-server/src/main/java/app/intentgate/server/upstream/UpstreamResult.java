package app.intentgate.server.upstream;

import app.intentgate.json.JsonValue;

/** What came of an exchange with the tool server. Carries no address and no text of the server. */
public sealed interface UpstreamResult {
  /** The HTTP status that came, or 0 when none did. */
  int status();

  /**
   * A result.
   *
   * @param status the HTTP status
   * @param bytes the size of the answer
   * @param value the JSON-RPC {@code result}
   */
  record Result(int status, long bytes, JsonValue value) implements UpstreamResult {}

  /**
   * A JSON-RPC error; with a status below 400 that is an ordinary answer.
   *
   * @param status the HTTP status
   * @param bytes the size of the answer
   * @param error the error, reduced to code, message and data
   */
  record RpcError(int status, long bytes, JsonValue error) implements UpstreamResult {}

  /**
   * A successful answer that is no JSON-RPC response, which for a notification is as it should be.
   *
   * @param status the HTTP status
   * @param bytes the size of the answer
   * @param problem what is wrong with it
   */
  record Unusable(int status, long bytes, String problem) implements UpstreamResult {}

  /**
   * A status of 400 or more without a JSON-RPC error.
   *
   * @param status the HTTP status
   * @param wantsSession whether its text speaks of a session that is missing
   */
  record HttpError(int status, boolean wantsSession) implements UpstreamResult {}

  /**
   * More than may be read.
   *
   * @param status the HTTP status
   */
  record TooLarge(int status) implements UpstreamResult {}

  /**
   * No complete answer in time.
   *
   * @param status the HTTP status, or 0
   */
  record TimedOut(int status) implements UpstreamResult {}

  /**
   * No connection, or it broke.
   *
   * @param status the HTTP status, or 0
   */
  record Broken(int status) implements UpstreamResult {}

  /** Whether the request was refused because it belongs to no session. */
  default boolean wantsSession() {
    return status() == 400
        && (this instanceof HttpError http && http.wantsSession()
            || this instanceof RpcError rpc
                && AnswerReader.speaksOfSession(rpc.error().toString()));
  }

  /** The word counters use: success, timeout, transport or upstream_http. */
  default String outcome() {
    if (this instanceof TimedOut) {
      return "timeout";
    }
    if (this instanceof Broken) {
      return "transport";
    }
    return this instanceof HttpError || this instanceof TooLarge || status() >= 400
        ? "upstream_http"
        : "success";
  }
}
