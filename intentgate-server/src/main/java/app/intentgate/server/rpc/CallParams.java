package app.intentgate.server.rpc;

import app.intentgate.json.JsonNull;
import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonString;
import app.intentgate.json.JsonValue;
import org.jspecify.annotations.Nullable;

/**
 * What a {@code tools/call} asks for.
 *
 * @param tool the tool's name; not empty
 * @param arguments the arguments, or null when there are none
 * @param meta what the client says beside the call, or null
 */
record CallParams(String tool, @Nullable JsonObject arguments, @Nullable JsonObject meta) {
  /**
   * Reads the params.
   *
   * @throws RpcProblem when they are missing or of a wrong type
   */
  static CallParams of(@Nullable JsonValue params) {
    if (params == null) {
      throw invalid("params are missing, expected an object with a name");
    }
    if (params instanceof JsonNull) {
      throw nameRequired();
    }
    if (!(params instanceof JsonObject object)) {
      throw invalid("params are no object");
    }
    JsonValue name = object.get("name");
    if (name == null || name instanceof JsonNull) {
      throw nameRequired();
    }
    if (!(name instanceof JsonString tool)) {
      throw invalid("params.name is no string");
    }
    if (tool.value().isEmpty()) {
      throw nameRequired();
    }
    return new CallParams(
        tool.value(),
        arguments(object.get("arguments")),
        object.get("_meta") instanceof JsonObject meta ? meta : null);
  }

  private static @Nullable JsonObject arguments(@Nullable JsonValue value) {
    if (value == null || value instanceof JsonNull) {
      return null;
    }
    if (value instanceof JsonObject object) {
      return object;
    }
    throw invalid("params.arguments is no object");
  }

  static RpcProblem invalid(String why) {
    return RpcProblem.of(-32602, "invalid tools/call params", why);
  }

  private static RpcProblem nameRequired() {
    return RpcProblem.of(-32602, "params.name is required");
  }
}
