package app.intentgate.check;

import app.intentgate.json.JsonObject;
import org.jspecify.annotations.Nullable;

/** A tool call as the checks see it. Immutable; the same for HTTP and for callers in process. */
public interface Call {
  /** The tool's name; never empty. */
  String tool();

  /** The arguments, or null when the call has none. */
  @Nullable JsonObject arguments();

  /** What the caller presented to prove what it may do. */
  Credential credential();

  /** The on-behalf-of token that came with the call, or null. */
  @Nullable String onBehalfOf();

  /** The user's words, or null when none came. */
  @Nullable String prompt();

  /** The agent's session or task, or null (B32). */
  @Nullable String sessionId();

  /** The approval this call resumes, or null. */
  @Nullable String approvalId();

  /** Whether anyone hears the answer: a notification that escalates is refused, never held. */
  boolean expectsAnswer();

  /** The id of the call that this is a further round of, charged already; null for a new one. */
  default @Nullable String continues() {
    return null;
  }
}
