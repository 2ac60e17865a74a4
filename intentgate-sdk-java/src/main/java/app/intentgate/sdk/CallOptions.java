package app.intentgate.sdk;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What goes with one call beside tool and arguments. {@link #none()} is nothing; each method
 * returns a changed copy. Immutable.
 *
 * @param prompt the user's own words, in any language, or null
 * @param taskId the task or session the call belongs to, or null
 * @param user the user the agent acts for, handed to the {@link TokenSource}; not sent, or null
 * @param onBehalfOf a signed on-behalf-of token, or null
 * @param approvalId the approval this call resumes, or null
 * @param memory the provenance of the memory this call rests on, or null
 * @param timeout how long to wait for this call instead of the client's time-out, or null
 */
public record CallOptions(
    @Nullable String prompt,
    @Nullable String taskId,
    @Nullable String user,
    @Nullable String onBehalfOf,
    @Nullable String approvalId,
    @Nullable MemoryChain memory,
    @Nullable Duration timeout) {
  private static final CallOptions NONE = new CallOptions(null, null, null, null, null, null, null);

  /** Checks what travels in headers. */
  public CallOptions {
    taskId = plain("task id", taskId);
    onBehalfOf = plain("on-behalf-of token", onBehalfOf);
    approvalId = plain("approval id", approvalId);
    if (timeout != null && (timeout.isNegative() || timeout.isZero())) {
      throw new IllegalArgumentException("a time-out is positive, not " + timeout);
    }
  }

  private static @Nullable String plain(String what, @Nullable String text) {
    if (text != null && !text.chars().allMatch(c -> c > 0x20 && c < 0x7f)) {
      throw new IllegalArgumentException(
          "the " + what + " may hold printable ASCII characters without blanks only");
    }
    return text;
  }

  /** Nothing but tool and arguments. */
  public static CallOptions none() {
    return NONE;
  }

  /** With the user's own words; none when null. */
  public CallOptions prompt(@Nullable String words) {
    return new CallOptions(words, taskId, user, onBehalfOf, approvalId, memory, timeout);
  }

  /** With the task the call belongs to. */
  public CallOptions task(@Nullable String id) {
    return new CallOptions(prompt, id, user, onBehalfOf, approvalId, memory, timeout);
  }

  /** With the user the token is for. */
  public CallOptions user(@Nullable String id) {
    return new CallOptions(prompt, taskId, id, onBehalfOf, approvalId, memory, timeout);
  }

  /** With a signed on-behalf-of token. */
  public CallOptions onBehalfOf(@Nullable String token) {
    return new CallOptions(prompt, taskId, user, token, approvalId, memory, timeout);
  }

  /** With the approval this call resumes: what {@link ApprovalPending#pendingId} said. */
  public CallOptions resuming(@Nullable String id) {
    return new CallOptions(prompt, taskId, user, onBehalfOf, id, memory, timeout);
  }

  /** With the provenance of the memory it rests on. */
  public CallOptions memory(@Nullable MemoryChain chain) {
    return new CallOptions(prompt, taskId, user, onBehalfOf, approvalId, chain, timeout);
  }

  /** With a time-out of its own. */
  public CallOptions timeout(@Nullable Duration limit) {
    return new CallOptions(prompt, taskId, user, onBehalfOf, approvalId, memory, limit);
  }

  /** The request headers that carry it to a gate; the token's is not among them. */
  public Map<String, String> headers() {
    Map<String, String> headers = new LinkedHashMap<>();
    if (prompt != null) {
      promptHeader(prompt, headers);
    }
    put(headers, "X-Task-Id", taskId);
    put(headers, "X-IntentGate-OBO", onBehalfOf);
    put(headers, "X-IntentGate-Approval-Id", approvalId);
    put(headers, "X-Intent-Memory-Provenance", memory == null ? null : memory.header());
    return headers;
  }

  private static void put(Map<String, String> headers, String name, @Nullable String value) {
    if (value != null) {
      headers.put(name, value);
    }
  }

  /** Plain where every server on the way reads the same, otherwise as base64url (B38). */
  private static void promptHeader(String prompt, Map<String, String> headers) {
    if (prompt.equals(prompt.strip()) && prompt.chars().allMatch(c -> c >= 0x20 && c < 0x7f)) {
      headers.put("X-Intent-Prompt", prompt);
      return;
    }
    byte[] utf8 = prompt.getBytes(StandardCharsets.UTF_8);
    headers.put(
        "X-Intent-Prompt-B64", Base64.getUrlEncoder().withoutPadding().encodeToString(utf8));
  }

  /** Says nothing of prompts and tokens. */
  @Override
  public String toString() {
    return "CallOptions[taskId=" + taskId + ", user=" + user + ", approvalId=" + approvalId + "]";
  }
}
