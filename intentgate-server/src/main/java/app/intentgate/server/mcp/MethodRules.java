package app.intentgate.server.mcp;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the operator said of methods ({@code INTENTGATE_MCP_METHODS}): names, or beginnings that end
 * in a star; the longest that fits counts. Immutable.
 */
public final class MethodRules {
  /** Nothing said. */
  public static final MethodRules NONE = new MethodRules(Map.of());

  private final Map<String, MethodRule> rules;

  /** Rules by name or beginning. */
  public MethodRules(Map<String, MethodRule> rules) {
    this.rules = Map.copyOf(rules);
  }

  /** What is said of a method, or null when nothing is. */
  public @Nullable MethodRule find(String method) {
    MethodRule exact = rules.get(method);
    if (exact != null || rules.isEmpty()) {
      return exact;
    }
    for (int length = method.length(); length >= 0; length--) {
      MethodRule found = rules.get(method.substring(0, length) + "*");
      if (found != null) {
        return found;
      }
    }
    return null;
  }

  /** Whether a method is denied. */
  public boolean denies(String method) {
    return find(method) == MethodRule.DENY;
  }
}
