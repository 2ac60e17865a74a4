package app.intentgate.server.consent;

import app.intentgate.approval.Approval;
import app.intentgate.approval.ApprovalRequest;
import app.intentgate.json.JsonArray;
import app.intentgate.json.JsonBoolean;
import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonString;
import app.intentgate.json.JsonValue;
import app.intentgate.json.JsonWriter;
import app.intentgate.server.mcp.Elicits;
import org.jspecify.annotations.Nullable;

/**
 * The question to the person behind an agent as MCP puts it ({@code elicitation/create}): on the
 * gate's own page where the client can lead there, otherwise in a form with the call in full.
 */
public final class ConsentQuestion {
  /** The method of the question. */
  public static final String METHOD = "elicitation/create";

  /** Nobody agrees to what they are not shown: a call that needs more is not asked about so. */
  private static final int LONGEST = 4_000;

  private static final String ALLOW = "allow";

  /** What a person answered. */
  public enum Answer {
    /** It may be done. */
    ALLOW,
    /** It may not. */
    REFUSE,
    /** Nothing. */
    NONE
  }

  private ConsentQuestion() {}

  /**
   * The params of the question about a row.
   *
   * @param elicits how the client lets ask
   * @param links where the gate's page is, or null when people cannot reach it
   * @return null when the row does not wait for that person, or cannot be asked about
   */
  public static @Nullable JsonObject of(
      Approval row, Elicits elicits, @Nullable ConsentLinks links) {
    if (!ConsentLinks.waitsForUser(row)) {
      return null;
    }
    String link = links == null || !elicits.url() ? null : links.of(row);
    if (link != null) {
      return JsonObject.builder(4)
          .put("mode", "url")
          .put("elicitationId", row.id())
          .put("url", link)
          .put("message", who(row) + "Allow or refuse it on this page.")
          .build();
    }
    String text = elicits.form() ? who(row) + arguments(row) + "May this be done for you?" : "";
    return text.isEmpty() || text.length() > LONGEST ? null : form(text);
  }

  private static JsonObject form(String message) {
    JsonObject allow =
        JsonObject.builder(3)
            .put("type", "boolean")
            .put("title", "Allow it")
            .put("description", "Yes: it is done, this once. No: it is not.")
            .build();
    return JsonObject.builder(2)
        .put("message", message)
        .put(
            "requestedSchema",
            JsonObject.builder(3)
                .put("type", "object")
                .put("properties", JsonObject.of(ALLOW, allow))
                .put("required", JsonArray.of(JsonString.of(ALLOW)))
                .build())
        .build();
  }

  private static String who(Approval row) {
    ApprovalRequest request = row.request();
    String reason = request.reason();
    return "The agent "
        + shown(row.binding().agentId())
        + " wants to use "
        + shown(row.binding().tool())
        + (reason.isEmpty() ? ". " : ". You are asked because: " + shown(reason) + ". ");
  }

  private static String arguments(Approval row) {
    JsonObject arguments = row.arguments();
    if (arguments == null || arguments.isEmpty()) {
      return "";
    }
    StringBuilder out = new StringBuilder("With exactly this:\n");
    for (int i = 0; i < arguments.size() && out.length() <= LONGEST; i++) {
      out.append(shown(arguments.nameAt(i))).append(": ");
      out.append(shown(JsonWriter.toText(arguments.valueAt(i)))).append('\n');
    }
    return out.toString();
  }

  /** A text without what would make another call appear. */
  private static String shown(String text) {
    StringBuilder out = new StringBuilder(text.length());
    text.codePoints()
        .forEach(c -> out.appendCodePoint(ConsentPage.isHidden(c) || c == '\n' ? '\uFFFD' : c));
    return out.toString();
  }

  /**
   * What an answer to the question says. That a person went to the page is none yet; one that turns
   * the question down refuses.
   *
   * @param result the result that the client sent, or null
   */
  public static Answer answerOf(@Nullable JsonValue result) {
    if (!(result instanceof JsonObject object)
        || !(object.get("action") instanceof JsonString action)) {
      return Answer.NONE;
    }
    if (action.value().equals("decline")) {
      return Answer.REFUSE;
    }
    if (action.value().equals("accept")
        && object.get("content") instanceof JsonObject content
        && content.get(ALLOW) instanceof JsonBoolean allow) {
      return allow.value() ? Answer.ALLOW : Answer.REFUSE;
    }
    return Answer.NONE;
  }
}
