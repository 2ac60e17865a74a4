package app.intentgate.rego.testing;

import app.intentgate.json.JsonArray;
import app.intentgate.json.JsonNumber;
import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonValue;
import app.intentgate.rego.TestRule;
import app.intentgate.rego.trace.EvalEvent;
import app.intentgate.rego.trace.EvalObserver;
import app.intentgate.rego.trace.Spot;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Notes which cases of a test are tried. A case that does not hold leaves nothing in the test's
 * value; that it was tried shows in the expressions that bound its name.
 */
final class CaseObserver implements EvalObserver {
  private final List<TestRule.Cases> rules;
  private final Map<String, JsonValue> bound = new LinkedHashMap<>();
  private final Set<List<JsonValue>> tried = new LinkedHashSet<>();
  private TestRule.@Nullable Cases open;
  private int depth;

  CaseObserver(TestRule test) {
    this.rules = test.cases();
  }

  Set<List<JsonValue>> tried() {
    return tried;
  }

  @Override
  public void event(EvalEvent e) {
    Spot spot = e.spot();
    if (spot.kind() == Spot.Kind.RULE && e.op() == EvalEvent.Op.ENTER) {
      TestRule.Cases entered = ofTest(spot);
      if (entered != null) {
        open = entered;
        depth = e.depth();
        bound.clear();
      } else if (e.depth() <= depth) {
        open = null;
      }
    }
    TestRule.Cases in = open;
    if (in != null
        && e.depth() == depth + 1
        && e.op() == EvalEvent.Op.HOLD
        && spot.kind() == Spot.Kind.EXPRESSION) {
      note(in.keys(), e.values());
    }
  }

  private TestRule.@Nullable Cases ofTest(Spot spot) {
    for (TestRule.Cases rule : rules) {
      if (rule.rule().equals(spot.location())) {
        return rule;
      }
    }
    return null;
  }

  /** A name that is bound anew forgets those that were bound after it. */
  private void note(List<TestRule.Key> keys, Map<String, JsonValue> values) {
    for (TestRule.Key key : keys) {
      String name = key.variable();
      JsonValue value = name == null ? null : values.get(name);
      if (name != null && value != null && !value.equals(bound.get(name))) {
        List<String> known = new ArrayList<>(bound.keySet());
        int at = known.indexOf(name);
        known.subList(at < 0 ? known.size() : at, known.size()).forEach(bound::remove);
        bound.put(name, value);
      }
    }
    List<JsonValue> names = new ArrayList<>();
    for (TestRule.Key key : keys) {
      JsonValue part = key.variable() == null ? key.fixed() : at(bound.get(key.variable()), key);
      if (part == null) {
        return;
      }
      names.add(part);
    }
    tried.add(names);
  }

  private static @Nullable JsonValue at(@Nullable JsonValue value, TestRule.Key key) {
    JsonValue found = value;
    for (JsonValue step : key.path()) {
      if (found instanceof JsonObject object) {
        found = object.get(step);
      } else if (found instanceof JsonArray array && step instanceof JsonNumber n && n.fitsLong()) {
        long index = n.longValue();
        found = index >= 0 && index < array.size() ? array.get((int) index) : null;
      } else {
        return null;
      }
    }
    return found;
  }
}
