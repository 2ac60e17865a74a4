package app.intentgate.rego.compile.types;

import app.intentgate.json.JsonArray;
import app.intentgate.json.JsonNumber;
import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonString;
import app.intentgate.json.JsonValue;
import app.intentgate.json.RegoText;
import app.intentgate.rego.ast.Ref;
import app.intentgate.rego.ast.ScalarTerm;
import app.intentgate.rego.ast.Term;
import app.intentgate.rego.ast.Var;
import app.intentgate.rego.spi.ErrorCode;
import app.intentgate.rego.spi.Location;
import app.intentgate.rego.spi.RegoError;
import app.intentgate.rego.spi.RegoType;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Errors of types, with the types that do not fit as their details. */
final class TypeErrors {
  private TypeErrors() {}

  /** Two sides that can never be equal. */
  static RegoError match(Location place, @Nullable RegoType left, @Nullable RegoType right) {
    return error(
        place,
        "match error",
        JsonObject.of("a", TypeJson.of(left), "b", TypeJson.of(right)),
        List.of("left  : " + text(left), "right : " + text(right)));
  }

  /** A call with what the function does not take. */
  static RegoError arguments(
      Location place, String message, List<@Nullable RegoType> have, List<RegoType> want) {
    return error(
        place,
        message,
        JsonObject.of(
            "have",
            TypeJson.list(have),
            "want",
            want.isEmpty() ? JsonObject.EMPTY : JsonObject.of("args", TypeJson.list(want))),
        List.of("have: " + texts(have), "want: " + texts(want)));
  }

  /**
   * A ref that cannot lead on.
   *
   * @param position the element at which it ends
   * @param have the type of what has no elements
   */
  static RegoError noElements(
      Location place, String message, Ref ref, int position, @Nullable RegoType have) {
    return error(
        place,
        message,
        JsonObject.builder(3)
            .put("ref", elements(ref))
            .put("pos", JsonNumber.of(position))
            .put("have", TypeJson.of(have))
            .build(),
        List.of(
            ref.toString(),
            "^".repeat(ref.prefix(position + 1).toString().length()),
            "have: " + text(have)));
  }

  /**
   * A ref with an element that is not there.
   *
   * @param position which element
   * @param have its type, or null for a constant
   * @param want the type it should have, or null when there are no elements at all
   * @param oneOf the elements that are there
   */
  static RegoError noSuchElement(
      Location place,
      String message,
      Ref ref,
      int position,
      @Nullable RegoType have,
      @Nullable RegoType want,
      List<JsonValue> oneOf) {
    JsonObject.Builder details =
        JsonObject.builder(5)
            .put("ref", elements(ref))
            .put("pos", JsonNumber.of(position))
            .put("want", TypeJson.of(want))
            .put("oneOf", JsonArray.copyOf(oneOf));
    if (have != null) {
      details.put("have", TypeJson.of(have));
    }
    String pad = " ".repeat(ref.prefix(position).toString().length() + 1);
    List<String> lines = new ArrayList<>();
    lines.add(ref.toString());
    lines.add(pad + "^");
    lines.add(pad + (have == null ? "have: " + ref.get(position) : "have (type): " + have));
    String choice = oneOf.stream().map(RegoText::of).collect(Collectors.joining(" ", "[", "]"));
    lines.add(
        pad
            + (oneOf.isEmpty() && want != null
                ? "want (type): " + want
                : "want (one of): " + choice));
    return error(place, message, details.build(), lines);
  }

  private static RegoError error(
      Location place, String message, JsonObject details, List<String> lines) {
    return new RegoError(ErrorCode.TYPE, message, place, details, lines);
  }

  private static JsonArray elements(Ref ref) {
    List<JsonValue> elements = new ArrayList<>();
    for (Term term : ref.terms()) {
      if (term instanceof Var v) {
        elements.add(JsonObject.of("type", JsonString.of("var"), "value", JsonString.of(v.name())));
      } else if (term instanceof ScalarTerm s) {
        String kind = String.valueOf(Types.of(s.value()));
        elements.add(JsonObject.of("type", JsonString.of(kind), "value", s.value()));
      } else {
        elements.add(
            JsonObject.of("type", JsonString.of("term"), "value", JsonString.of(term.toString())));
      }
    }
    return JsonArray.copyOf(elements);
  }

  private static String texts(List<? extends @Nullable RegoType> types) {
    return types.stream().map(TypeErrors::text).collect(Collectors.joining(", ", "(", ")"));
  }

  private static String text(@Nullable RegoType type) {
    return type == null ? "???" : type.toString();
  }
}
