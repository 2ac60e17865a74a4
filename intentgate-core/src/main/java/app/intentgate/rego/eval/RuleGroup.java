package app.intentgate.rego.eval;

import app.intentgate.json.JsonValue;
import app.intentgate.rego.trace.Spot;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Planned rules that are tried together, with what decides between them. Immutable.
 *
 * <p>Arguments, or keys that are looked up, are in the first slots of the frame before it runs.
 */
public final class RuleGroup {
  private final RuleBody[] rules;
  private final @Nullable RuleIndex index;
  private final @Nullable RuleBody fallback;
  private final boolean sameValue;
  private final String conflict;
  private final int frameSize;
  private final @Nullable Spot spot;

  /**
   * A group.
   *
   * @param rules in the order of the sources
   * @param index finds the rules that may hold, or null to try all
   * @param fallback the default, or null
   * @param sameValue whether all rules give one and the same constant, so that the first is enough
   * @param conflict the words for two values
   * @param spot what an observer is told was tried, or null when the plan is not observed
   */
  public RuleGroup(
      List<RuleBody> rules,
      @Nullable RuleIndex index,
      @Nullable RuleBody fallback,
      boolean sameValue,
      String conflict,
      @Nullable Spot spot) {
    this.rules = rules.toArray(new RuleBody[0]);
    this.index = index;
    this.fallback = fallback;
    this.sameValue = sameValue;
    this.conflict = conflict;
    this.spot = spot;
    int size = fallback == null ? 0 : fallback.maxFrameSize();
    for (RuleBody rule : rules) {
      size = Math.max(size, rule.maxFrameSize());
    }
    this.frameSize = size;
  }

  /** The one value the rules give, in a frame at a base; null when none gives one. */
  @Nullable JsonValue value(EvalContext c, int base) {
    JsonValue outer = c.result;
    open(c, base);
    JsonValue found = null;
    for (RuleBody rule : candidates(c, base)) {
      JsonValue v = rule.value(c, base);
      if (v == null) {
        continue;
      }
      if (found == null) {
        found = v;
        if (sameValue) {
          break;
        }
      } else if (!c.equal(found, v)) {
        throw EvalFailure.conflict(rule.location(), conflict);
      }
    }
    if (found == null && fallback != null) {
      found = fallback.value(c, base);
    }
    close(c, base);
    c.result = outer;
    return found;
  }

  /** Runs all rules for what they collect. */
  void collect(EvalContext c, int base, Object collector) {
    Object outer = c.swapCollector(collector);
    long counted = c.countCollected(0);
    open(c, base);
    for (RuleBody rule : candidates(c, base)) {
      rule.collect(c, base);
    }
    close(c, base);
    c.countCollected(counted);
    c.swapCollector(outer);
  }

  private RuleBody[] candidates(EvalContext c, int base) {
    RuleBody[] chosen = index == null ? rules : index.select(c, base);
    if (spot != null) {
      Probe.chosen(c, spot, chosen.length, rules.length);
    }
    return chosen;
  }

  private void open(EvalContext c, int base) {
    c.descend();
    c.top = base;
    c.reserve(frameSize);
    c.top = base + frameSize;
  }

  private void close(EvalContext c, int base) {
    c.top = base;
    c.ascend();
  }
}
