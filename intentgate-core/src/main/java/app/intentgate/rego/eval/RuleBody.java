package app.intentgate.rego.eval;

import app.intentgate.json.JsonValue;
import app.intentgate.rego.spi.Location;
import org.jspecify.annotations.Nullable;

/**
 * A planned rule: its body, and the branch that is tried when that has no solution.
 *
 * @param entry the body; it ends by giving a value or by collecting
 * @param frameSize how many slots the body needs, branches not counted
 * @param otherwise the next branch of an else chain, or null
 * @param location where the rule was written
 */
public record RuleBody(Step entry, int frameSize, @Nullable RuleBody otherwise, Location location) {

  /** The value of the first branch that has one, or null. The frame is there already. */
  @Nullable JsonValue value(EvalContext c, int base) {
    for (RuleBody branch = this; branch != null; branch = branch.otherwise) {
      c.result = null;
      branch.collect(c, base);
      JsonValue value = c.result;
      if (value != null) {
        return value;
      }
    }
    return null;
  }

  /** Runs this branch alone, for what it collects. */
  void collect(EvalContext c, int base) {
    entry.run(c, base);
  }

  /** The slots that this rule needs, whichever branch runs. */
  int maxFrameSize() {
    int size = 0;
    for (RuleBody branch = this; branch != null; branch = branch.otherwise) {
      size = Math.max(size, branch.frameSize);
    }
    return size;
  }
}
