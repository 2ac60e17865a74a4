package app.intentgate.rego.plan;

import app.intentgate.json.JsonArray;
import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonSet;
import app.intentgate.json.JsonValue;
import app.intentgate.rego.ast.ArrayTerm;
import app.intentgate.rego.ast.ObjectTerm;
import app.intentgate.rego.ast.ScalarTerm;
import app.intentgate.rego.ast.SetTerm;
import app.intentgate.rego.ast.Term;
import org.jspecify.annotations.Nullable;

/** Terms that are values already. */
final class Constants {
  private Constants() {}

  /** The value of a ground term, or null when it is not ground. */
  static @Nullable JsonValue of(Term term) {
    return term.isGround() ? value(term) : null;
  }

  private static JsonValue value(Term term) {
    if (term instanceof ScalarTerm s) {
      return s.value();
    } else if (term instanceof ArrayTerm a) {
      JsonArray.Builder array = JsonArray.builder(a.elements().size());
      a.elements().forEach(e -> array.add(value(e)));
      return array.build();
    } else if (term instanceof SetTerm s) {
      JsonSet.Builder set = JsonSet.builder();
      s.elements().forEach(e -> set.add(value(e)));
      return set.build();
    } else if (term instanceof ObjectTerm o) {
      JsonObject.Builder object = JsonObject.builder(o.entries().size());
      o.entries().forEach(e -> object.put(value(e.key()), value(e.value())));
      return object.build();
    }
    throw new IllegalArgumentException("no ground term: " + term);
  }
}
