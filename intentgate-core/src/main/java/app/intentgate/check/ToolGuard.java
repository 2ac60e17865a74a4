package app.intentgate.check;

import org.jspecify.annotations.Nullable;

/**
 * Says of a tool whether it is what was agreed to. Asked before the policy; answers from memory and
 * never blocks. Thread-safe. Where it throws, the tool is objected to.
 */
@FunctionalInterface
public interface ToolGuard {
  /** Objects to nothing. */
  ToolGuard NONE = tool -> null;

  /**
   * Why a tool may not be called now, as a sentence the agent may read; null when it may.
   *
   * @param tool the name under which it is judged
   */
  @Nullable String objection(String tool);
}
