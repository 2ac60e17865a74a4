package app.intentgate.rego.builtin;

import app.intentgate.json.JsonArray;
import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonValue;
import app.intentgate.rego.spi.BuiltinContext;
import app.intentgate.rego.spi.BuiltinException;
import java.util.ArrayList;
import java.util.List;

/** What one check of a value against a schema found, and how well the value fits otherwise. */
final class SchemaResult {
  private static final String ROOT = "(root)";
  private static final int MAX_DEPTH = 500;

  /** So many characters of a path take about as long to put together as a step. */
  private static final int STEP = 256;

  private final BuiltinContext context;
  private final List<JsonValue> errors = new ArrayList<>();
  private int score;

  SchemaResult(BuiltinContext context) {
    this.context = context;
  }

  /** A place in the document. */
  record Place(String path, int depth) {
    static Place root() {
      return new Place(ROOT, 0);
    }

    Place child(Object key) {
      return new Place(path + "." + key, depth + 1);
    }

    /** The path without its root. */
    String field() {
      return path.startsWith(ROOT + ".") ? path.substring(ROOT.length() + 1) : path;
    }
  }

  BuiltinContext context() {
    return context;
  }

  /** An empty result for the same evaluation. */
  SchemaResult another() {
    return new SchemaResult(context);
  }

  boolean isValid() {
    return errors.isEmpty();
  }

  boolean isBetterThan(@org.jspecify.annotations.Nullable SchemaResult other) {
    return other == null || score > other.score;
  }

  void progress() {
    score++;
  }

  /** Takes a step of the evaluation's budget, and refuses schemas that lead round in circles. */
  void step(Place place) throws BuiltinException {
    context.chargeSteps(1 + place.path().length() / STEP);
    if (place.depth() > MAX_DEPTH) {
      throw BuiltinException.of("schema or document is nested too deeply");
    }
  }

  void error(Place place, String type, String description) {
    context.chargeValues(4);
    context.chargeBytes(2L * (place.path().length() + description.length()));
    score -= 2; // A progress follows at the end of every check: one down in all.
    errors.add(
        JsonObject.builder(4)
            .put("error", place.field() + ": " + description)
            .put("type", type)
            .put("field", place.field())
            .put("desc", description)
            .build());
  }

  void addAll(SchemaResult other) {
    errors.addAll(other.errors);
    score += other.score;
  }

  /** The errors, each with {@code error}, {@code type}, {@code field} and {@code desc}. */
  JsonArray toArray() {
    return JsonArray.copyOf(errors);
  }
}
