package app.intentgate.rego.compile.pass;

import app.intentgate.json.JsonArray;
import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonSet;
import app.intentgate.json.JsonValue;
import app.intentgate.rego.ast.ArrayTerm;
import app.intentgate.rego.ast.ObjectTerm;
import app.intentgate.rego.ast.ScalarTerm;
import app.intentgate.rego.ast.SetTerm;
import app.intentgate.rego.ast.Term;
import app.intentgate.rego.spi.Location;
import java.util.ArrayList;
import java.util.List;

/** Writes values as terms. */
final class GroundTerms {
  private GroundTerms() {}

  static Term of(JsonValue value, Location place) {
    List<Term> elements = new ArrayList<>();
    if (value instanceof JsonArray array) {
      for (JsonValue v : array) {
        elements.add(of(v, place));
      }
      return new ArrayTerm(elements, place);
    }
    if (value instanceof JsonSet set) {
      for (JsonValue v : set) {
        elements.add(of(v, place));
      }
      return new SetTerm(elements, place);
    }
    if (value instanceof JsonObject object) {
      List<ObjectTerm.Entry> entries = new ArrayList<>();
      for (int i = 0; i < object.size(); i++) {
        Term key = of(object.keyAt(i), place);
        entries.add(new ObjectTerm.Entry(key, of(object.valueAt(i), place)));
      }
      return new ObjectTerm(entries, place);
    }
    return new ScalarTerm(value, place);
  }
}
