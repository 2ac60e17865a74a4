package app.intentgate.server.mcp;

import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonOutput;
import app.intentgate.json.JsonParseException;
import app.intentgate.json.JsonReader;
import app.intentgate.json.JsonString;
import app.intentgate.json.JsonValue;
import app.intentgate.server.mcp.SessionIds.Owner;
import app.intentgate.token.KeyRing;
import java.security.SecureRandom;
import org.jspecify.annotations.Nullable;

/**
 * What a client holds of a call that waits for a person (mcp M8): the pending id, sealed for the
 * token that made the call. Any gate of the same keys can read it, and nothing is kept. It only
 * points at the row, which is what expires and counts once.
 */
public final class PendingStates {
  private static final String QUESTION = "intentgate-consent.";
  private static final int LONGEST = 12_000;

  private final Sealed questions;
  private final Sealed states;

  /** Under these keys. */
  public PendingStates(KeyRing keys, SecureRandom random) {
    this.questions = new Sealed(keys, "intentgate-mcp-consent-question-v1", random);
    this.states = new Sealed(keys, "intentgate-mcp-pending-state-v1", random);
  }

  /**
   * What a state stands for.
   *
   * @param pendingId what the call waits for
   * @param state the state that the client sent before ours, or null
   * @param responses the inputs that the client sent with it, or null
   */
  public record Found(String pendingId, @Nullable JsonValue state, @Nullable JsonValue responses) {}

  /** The id of a request that asks whoever holds a token about a row. */
  public String question(String pendingId, Owner owner) {
    JsonObject.Builder out = JsonObject.builder(3).put("p", pendingId);
    return QUESTION + questions.seal(bytes(out.put("b", CallStates.binding(owner, "", null))));
  }

  /** Whether a client's answer is to a question of a gate, by the form of its id. */
  public static boolean isQuestion(@Nullable JsonValue id) {
    return id instanceof JsonString text && text.value().startsWith(QUESTION);
  }

  /** The row of such an id; null when no gate asked this owner so. */
  public @Nullable String asked(JsonValue id, Owner owner) {
    JsonObject found =
        isQuestion(id) ? read(questions, text(id).substring(QUESTION.length())) : null;
    return found != null && isBound(found, owner, "", null) ? text(found.get("p")) : null;
  }

  /**
   * The state with which a call that waits is made again; null when it would be too long.
   *
   * @param before what the client has of the tool server, to be gone on with afterwards
   */
  public @Nullable String state(
      Owner owner, String tool, @Nullable JsonObject arguments, Found before) {
    JsonObject.Builder out =
        JsonObject.builder(4)
            .put("p", before.pendingId())
            .put("b", CallStates.binding(owner, tool, arguments));
    if (before.state() != null) {
      out.put("s", before.state());
    }
    if (before.responses() != null) {
      out.put("r", before.responses());
    }
    byte[] plain = bytes(out);
    return plain.length > LONGEST * 3 / 4 ? null : states.seal(plain);
  }

  /** What a state stands for; null when no gate made it for this owner, tool and arguments. */
  public @Nullable Found resumed(
      String state, Owner owner, String tool, @Nullable JsonObject arguments) {
    JsonObject found = read(states, state);
    return found != null && isBound(found, owner, tool, arguments)
        ? new Found(text(found.get("p")), found.get("s"), found.get("r"))
        : null;
  }

  private static byte[] bytes(JsonObject.Builder out) {
    return JsonOutput.plain().value(out.build()).toByteArray();
  }

  private static @Nullable JsonObject read(Sealed sealed, String text) {
    byte[] plain = sealed.open(text);
    try {
      return plain != null && JsonReader.parse(plain) instanceof JsonObject object ? object : null;
    } catch (JsonParseException e) {
      return null;
    }
  }

  private static boolean isBound(
      JsonObject found, Owner owner, String tool, @Nullable JsonObject arguments) {
    return text(found.get("b")).equals(CallStates.binding(owner, tool, arguments));
  }

  private static String text(@Nullable JsonValue value) {
    return value instanceof JsonString text ? text.value() : "";
  }
}
