package app.intentgate.sdk;

import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonParseException;
import app.intentgate.json.JsonReader;
import org.jspecify.annotations.Nullable;

/**
 * A call as a model makes it: arguments as a text, and a text back in every case but an outage.
 * What the adapters share, and what an agent loop of one's own can use.
 *
 * @param text what the model should read
 * @param isError whether the call was refused, waits, or the tool itself says that it failed
 * @param result what the tool answered, or null
 * @param denial why there is no result, or null
 */
public record ModelCall(
    String text,
    boolean isError,
    @Nullable ToolResult result,
    @Nullable IntentGateException denial) {

  /**
   * Makes a call.
   *
   * @param arguments a JSON object as a text; empty for none
   * @return what became of it; a denial and a call that waits for a person are values here
   * @throws IntentGateException when it failed for another reason than a denial
   */
  public static ModelCall make(
      GateClient gate, String tool, @Nullable String arguments, CallOptions options) {
    JsonObject parsed;
    try {
      parsed =
          arguments == null || arguments.isBlank()
              ? JsonObject.EMPTY
              : (JsonObject) JsonReader.parse(arguments);
    } catch (JsonParseException | ClassCastException e) {
      return new ModelCall(
          "The arguments of this call are no JSON object; it was not carried out. Make it again"
              + " with arguments that follow the tool's schema.",
          true,
          null,
          null);
    }
    try {
      ToolResult result = gate.call(tool, parsed, options);
      return new ModelCall(result.forModel(), result.isError(), result, null);
    } catch (IntentGateException e) {
      if (!e.isDenial()) {
        throw e;
      }
      return new ModelCall(e.forModel(), true, null, e);
    }
  }
}
