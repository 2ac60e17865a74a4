package app.intentgate;

import app.intentgate.audit.AuditStore;
import app.intentgate.check.Call;
import app.intentgate.check.Credential;
import app.intentgate.json.JavaValues;
import app.intentgate.json.JsonObject;
import app.intentgate.text.WellFormed;
import app.intentgate.token.CapabilityToken;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One tool call to be judged. Immutable: start with {@link #of(String, Map)}; each method that sets
 * something, such as {@link #bearer(CapabilityToken)}, returns a changed copy.
 *
 * @param tool the tool's name
 * @param arguments the arguments, or null when there are none
 * @param credential what the caller presented
 * @param onBehalfOf an on-behalf-of token, or null
 * @param prompt the user's words, or null
 * @param sessionId the agent's session or task, or null
 * @param approvalId the approval this call resumes, or null
 * @param remoteAddress where the call came from, as {@code address:port}; empty in process
 * @param expectsAnswer whether anyone hears the answer; a notification that escalates is refused
 * @param continues the id of the call that this is a further round of, or null: it is judged again,
 *     and charged no second time
 */
public record ToolCall(
    String tool,
    @Nullable JsonObject arguments,
    Credential credential,
    @Nullable String onBehalfOf,
    @Nullable String prompt,
    @Nullable String sessionId,
    @Nullable String approvalId,
    String remoteAddress,
    boolean expectsAnswer,
    @Nullable String continues)
    implements Call {

  /** The longest tool name accepted, in characters. */
  public static final int MAX_TOOL_NAME = 1_000;

  /** The longest in bytes, as the audit log writes it; see {@link AuditStore#MAX_FOUND_BY}. */
  public static final int MAX_TOOL_BYTES = AuditStore.MAX_FOUND_BY;

  /**
   * Checks the tool's name.
   *
   * @throws IllegalArgumentException when it is empty, too long, or not valid Unicode
   */
  public ToolCall {
    if (tool.isEmpty()) {
      throw new IllegalArgumentException("a tool call names a tool");
    }
    if (tool.length() > MAX_TOOL_NAME) {
      throw new IllegalArgumentException(
          "a tool's name has at most " + MAX_TOOL_NAME + " characters");
    }
    if (AuditStore.isTooLongToFind(tool)) {
      throw new IllegalArgumentException(
          "a tool's name has at most " + MAX_TOOL_BYTES + " bytes in JSON");
    }
    if (!WellFormed.isWellFormed(tool)) {
      throw new IllegalArgumentException("a tool's name is valid Unicode");
    }
  }

  /** A call that goes on with none. */
  public ToolCall(
      String tool,
      @Nullable JsonObject arguments,
      Credential credential,
      @Nullable String onBehalfOf,
      @Nullable String prompt,
      @Nullable String sessionId,
      @Nullable String approvalId,
      String remoteAddress,
      boolean expectsAnswer) {
    this(
        tool,
        arguments,
        credential,
        onBehalfOf,
        prompt,
        sessionId,
        approvalId,
        remoteAddress,
        expectsAnswer,
        null);
  }

  /** A call without arguments. */
  public static ToolCall of(String tool) {
    return of(tool, (JsonObject) null);
  }

  /**
   * A call with arguments given as ordinary Java values.
   *
   * @throws IllegalArgumentException when a value has no JSON form, see {@link JavaValues#of}
   */
  public static ToolCall of(String tool, Map<String, ?> arguments) {
    return of(tool, JavaValues.ofMap(arguments));
  }

  /** A call with arguments as JSON. */
  public static ToolCall of(String tool, @Nullable JsonObject arguments) {
    return new ToolCall(tool, arguments, Credential.NONE, null, null, null, null, "", true, null);
  }

  /** The call with a token. */
  public ToolCall bearer(CapabilityToken token) {
    return bearer(token.encode());
  }

  /** The call with a token in its text form. */
  public ToolCall bearer(String token) {
    return credential(new Credential.Bearer(token));
  }

  /** The call with what an HTTP request presented. */
  public ToolCall credential(Credential presented) {
    return new ToolCall(
        tool,
        arguments,
        presented,
        onBehalfOf,
        prompt,
        sessionId,
        approvalId,
        remoteAddress,
        expectsAnswer,
        continues);
  }

  /** The call with an on-behalf-of token. */
  public ToolCall onBehalfOf(@Nullable String token) {
    return new ToolCall(
        tool,
        arguments,
        credential,
        token,
        prompt,
        sessionId,
        approvalId,
        remoteAddress,
        expectsAnswer,
        continues);
  }

  /** The call with the user's words. */
  public ToolCall prompt(@Nullable String words) {
    return new ToolCall(
        tool,
        arguments,
        credential,
        onBehalfOf,
        words,
        sessionId,
        approvalId,
        remoteAddress,
        expectsAnswer,
        continues);
  }

  /** The call with the agent's session or task. */
  public ToolCall session(@Nullable String id) {
    return new ToolCall(
        tool,
        arguments,
        credential,
        onBehalfOf,
        prompt,
        id,
        approvalId,
        remoteAddress,
        expectsAnswer,
        continues);
  }

  /** The call with the approval it resumes. */
  public ToolCall resuming(@Nullable String id) {
    return new ToolCall(
        tool,
        arguments,
        credential,
        onBehalfOf,
        prompt,
        sessionId,
        id,
        remoteAddress,
        expectsAnswer,
        continues);
  }

  /** The call with where it came from. */
  public ToolCall from(String address) {
    return new ToolCall(
        tool,
        arguments,
        credential,
        onBehalfOf,
        prompt,
        sessionId,
        approvalId,
        address,
        expectsAnswer,
        continues);
  }

  /** The call as a notification, which nobody hears the answer of. */
  public ToolCall asNotification() {
    return new ToolCall(
        tool,
        arguments,
        credential,
        onBehalfOf,
        prompt,
        sessionId,
        approvalId,
        remoteAddress,
        false,
        continues);
  }

  /**
   * The call as a further round of one that was decided before. Whoever says so must have proof,
   * since it is charged no second time.
   */
  public ToolCall continuing(@Nullable String callId) {
    return new ToolCall(
        tool,
        arguments,
        credential,
        onBehalfOf,
        prompt,
        sessionId,
        approvalId,
        remoteAddress,
        expectsAnswer,
        callId);
  }
}
