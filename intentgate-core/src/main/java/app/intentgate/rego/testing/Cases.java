package app.intentgate.rego.testing;

import app.intentgate.json.JsonBoolean;
import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonString;
import app.intentgate.json.JsonValue;
import app.intentgate.json.RegoText;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Puts the cases that were tried and those that held together. */
final class Cases {
  private final Map<JsonValue, Cases> below = new LinkedHashMap<>();
  private boolean held;

  private Cases() {}

  /**
   * The results of cases, by name.
   *
   * @param value the test's value: an object of what held, or null
   * @param tried the names of what was tried
   */
  static List<CaseResult> of(@Nullable JsonValue value, Collection<List<JsonValue>> tried) {
    Cases root = new Cases();
    for (List<JsonValue> names : tried) {
      Cases at = root;
      for (JsonValue name : names) {
        at = at.child(name);
      }
    }
    if (value != null) {
      root.mark(value);
    }
    return root.results();
  }

  private Cases child(JsonValue name) {
    return below.computeIfAbsent(name, n -> new Cases());
  }

  private void mark(JsonValue value) {
    if (value instanceof JsonObject object) {
      for (int i = 0; i < object.size(); i++) {
        child(object.keyAt(i)).mark(object.valueAt(i));
      }
    } else {
      held = value == JsonBoolean.TRUE;
    }
  }

  private List<CaseResult> results() {
    List<CaseResult> results = new ArrayList<>();
    below.forEach(
        (name, cases) -> {
          List<CaseResult> inner = cases.results();
          boolean passed =
              inner.isEmpty() ? cases.held : inner.stream().allMatch(CaseResult::passed);
          String text = name instanceof JsonString s ? s.value() : RegoText.of(name);
          results.add(new CaseResult(text, passed, inner));
        });
    results.sort(Comparator.comparing(CaseResult::name));
    return results;
  }
}
