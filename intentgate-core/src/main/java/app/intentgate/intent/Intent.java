package app.intentgate.intent;

import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What a prompt asks for.
 *
 * @param summary one line for the log and the approver; may be empty
 * @param allowedTools the tools it needs; empty means every tool that is not forbidden
 * @param forbiddenTools the tools it rules out
 * @param confidence 0 to 1, how sure the extractor is
 */
public record Intent(
    String summary, Set<String> allowedTools, Set<String> forbiddenTools, double confidence) {

  /** Copies the sets, keeping their order. */
  public Intent {
    allowedTools = copy(allowedTools);
    forbiddenTools = copy(forbiddenTools);
  }

  /** An intent from lists, as extractors answer. */
  public static Intent of(
      String summary, List<String> allowed, List<String> forbidden, double confidence) {
    return new Intent(
        summary, new LinkedHashSet<>(allowed), new LinkedHashSet<>(forbidden), confidence);
  }

  /** Whether it names no tool at all, which permits nothing (B39). */
  public boolean isEmpty() {
    return allowedTools.isEmpty() && forbiddenTools.isEmpty();
  }

  private static Set<String> copy(Set<String> tools) {
    return Collections.unmodifiableSet(new LinkedHashSet<>(tools));
  }
}
