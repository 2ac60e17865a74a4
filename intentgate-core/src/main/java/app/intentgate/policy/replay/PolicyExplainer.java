package app.intentgate.policy.replay;

import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonValue;
import app.intentgate.policy.RegoPolicyEngine;
import app.intentgate.policy.lint.PolicyModule;
import app.intentgate.policy.replay.Explanation.Failed;
import app.intentgate.rego.EvalOptions;
import app.intentgate.rego.PreparedQuery;
import app.intentgate.rego.RegoEvalException;
import app.intentgate.rego.RegoPolicy;
import app.intentgate.rego.spi.EvalLimits;
import app.intentgate.rego.spi.Location;
import app.intentgate.rego.trace.EvalEvent;
import app.intentgate.rego.trace.EvalEvent.Op;
import app.intentgate.rego.trace.EvalObserver;
import app.intentgate.rego.trace.Spot;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Says which rule of a policy decides an input, and what did not hold. Evaluates with an observer,
 * which takes longer than deciding does. Thread-safe.
 */
public final class PolicyExplainer {
  private static final Duration DEADLINE = Duration.ofMillis(500);
  private static final int MAX_FAILED = 50;
  private static final int MAX_TEXT = 200;

  private final PreparedQuery query;
  private final @Nullable Location fallback;

  private PolicyExplainer(PreparedQuery query, @Nullable Location fallback) {
    this.query = query;
    this.fallback = fallback;
  }

  /**
   * An explainer of a source.
   *
   * @throws app.intentgate.rego.RegoCompileException when it does not compile
   */
  public static PolicyExplainer of(String file, String source) {
    PreparedQuery query =
        RegoPolicy.builder().module(file, source).compile().prepareObserved(RegoPolicyEngine.QUERY);
    Optional<Location> fallback =
        PolicyModule.parse(file, source).flatMap(PolicyModule::defaultDecision);
    return new PolicyExplainer(query, fallback.orElse(null));
  }

  /** Why the policy decides an input as it does now. */
  public Explanation explain(JsonObject input) {
    return explain(input, EvalOptions.builder());
  }

  /** Why the policy decides an input as it does as of a time, that of the call. */
  public Explanation explain(JsonObject input, Instant at) {
    return explain(input, EvalOptions.builder().clockAt(at));
  }

  private Explanation explain(JsonObject input, EvalOptions.Builder clocked) {
    Watching watching = new Watching();
    EvalOptions options =
        clocked.limits(EvalLimits.ofDefaults().withDeadline(DEADLINE)).observer(watching).build();
    JsonValue decision = null;
    try {
      decision = query.value(input, options);
    } catch (RegoEvalException e) {
      // What was seen until then still says something.
    }
    Location rule = decision == null ? null : watching.ruleThatGave(decision);
    List<Failed> failed =
        watching.failed.values().stream()
            .sorted(Comparator.comparingInt(Failed::row).thenComparingInt(Failed::col))
            .toList();
    if (rule != null) {
      return new Explanation("decision", rule.row(), rule.col(), failed);
    }
    return decision != null && fallback != null
        ? new Explanation("default decision", fallback.row(), fallback.col(), failed)
        : new Explanation("", 0, 0, failed);
  }

  /** Keeps the rules that gave a decision, and the expressions that failed. */
  private static final class Watching implements EvalObserver {
    private final List<Location> rules = new ArrayList<>();
    private final List<JsonValue> values = new ArrayList<>();
    private final Map<String, Failed> failed = new TreeMap<>();

    @Override
    public void event(EvalEvent event) {
      Spot spot = event.spot();
      JsonValue value = event.value();
      if (event.op() == Op.EXIT
          && spot.kind() == Spot.Kind.RULE
          && spot.text().startsWith(RegoPolicyEngine.QUERY)
          && value != null) {
        rules.add(spot.location());
        values.add(value);
      } else if (event.op() == Op.FAIL
          && spot.kind() == Spot.Kind.EXPRESSION
          && failed.size() < MAX_FAILED) {
        Location at = spot.location();
        String text = spot.text().strip();
        failed.putIfAbsent(
            at.row() + ":" + at.col(),
            new Failed(
                at.row(),
                at.col(),
                text.length() > MAX_TEXT ? text.substring(0, MAX_TEXT) + "..." : text));
      }
    }

    /** The last rule that gave this value; null when none did. */
    @Nullable Location ruleThatGave(JsonValue decision) {
      for (int i = values.size() - 1; i >= 0; i--) {
        if (values.get(i).equals(decision)) {
          return rules.get(i);
        }
      }
      return null;
    }
  }
}
