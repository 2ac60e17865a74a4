package app.intentgate.server.rpc;

import app.intentgate.json.JsonString;
import app.intentgate.json.JsonValue;
import org.jspecify.annotations.Nullable;

/** A request that gets a JSON-RPC error before anything is judged. */
final class RpcProblem extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int code;
  private final String text;
  private final transient @Nullable JsonValue data;
  private transient @Nullable JsonValue id;

  private RpcProblem(int code, String text, @Nullable JsonValue data) {
    super(text, null, false, false);
    this.code = code;
    this.text = text;
    this.data = data;
  }

  static RpcProblem of(int code, String message) {
    return new RpcProblem(code, message, null);
  }

  static RpcProblem of(int code, String message, String data) {
    return new RpcProblem(code, message, JsonString.of(data));
  }

  /** The same, with the id of the request it is about. */
  RpcProblem about(@Nullable JsonValue requestId) {
    id = requestId;
    return this;
  }

  int code() {
    return code;
  }

  String text() {
    return text;
  }

  @Nullable JsonValue data() {
    return data;
  }

  @Nullable JsonValue id() {
    return id;
  }
}
