package app.intentgate.sdk;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an agent framework's context is to hold for a gate: put these into the invocation parameters
 * of LangChain4j, the tool context of Spring AI or the transport context of the MCP SDK, and each
 * tool call is made for that user, task and prompt.
 */
public final class ContextKeys {
  /** The user the agent acts for, a text: chooses the token. */
  public static final String USER = "intentgate.user";

  /** The user's own words, a text, before anything was added to them. */
  public static final String PROMPT = "intentgate.prompt";

  /** The task or session, a text. */
  public static final String TASK = "intentgate.task";

  /** A signed on-behalf-of token, a text. */
  public static final String ON_BEHALF_OF = "intentgate.on_behalf_of";

  /** The approval that the next call resumes, a text. */
  public static final String APPROVAL_ID = "intentgate.approval_id";

  /** The provenance of the agent's memory, a {@link MemoryChain}. */
  public static final String MEMORY = "intentgate.memory";

  private ContextKeys() {}

  /**
   * The options a context holds.
   *
   * @throws IllegalArgumentException when one of them is not what it is to be
   */
  public static CallOptions options(Map<String, ? extends @Nullable Object> context) {
    return new CallOptions(
        text(context, PROMPT),
        text(context, TASK),
        text(context, USER),
        text(context, ON_BEHALF_OF),
        text(context, APPROVAL_ID),
        memory(context.get(MEMORY)),
        null);
  }

  private static @Nullable String text(
      Map<String, ? extends @Nullable Object> context, String key) {
    Object value = context.get(key);
    if (value == null || value instanceof String) {
      return (String) value;
    }
    throw new IllegalArgumentException(key + " is a text, not a " + value.getClass().getName());
  }

  private static @Nullable MemoryChain memory(@Nullable Object value) {
    if (value == null || value instanceof MemoryChain) {
      return (MemoryChain) value;
    }
    throw new IllegalArgumentException(MEMORY + " is a MemoryChain");
  }
}
