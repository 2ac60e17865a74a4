package app.intentgate.rego.builtin;

import app.intentgate.json.JsonSet;
import app.intentgate.json.JsonValue;
import app.intentgate.rego.spi.BuiltinContext;
import app.intentgate.rego.spi.BuiltinException;
import app.intentgate.rego.spi.BuiltinRegistry;
import app.intentgate.rego.spi.BuiltinSignature;

/** The set operators {@code & |}, and union and intersection of many sets. */
final class Sets {
  private Sets() {}

  static void addTo(BuiltinRegistry.Builder b) {
    b.add(
        BuiltinSignature.parse("and(set[any], set[any]): set[any]").withInfix("&"),
        (c, a) -> common(c, set(a, 0), set(a, 1)));
    b.add(
        BuiltinSignature.parse("or(set[any], set[any]): set[any]").withInfix("|"),
        (c, a) -> union(c, set(a, 0), set(a, 1)));
    b.add("union(set[set[any]]): set[any]", Sets::unionOfAll);
    b.add("intersection(set[set[any]]): set[any]", Sets::intersectionOfAll);
    b.add(
        BuiltinSignature.parse("set_diff(set[any], set[any]): set[any]").asDeprecated(),
        (c, a) -> difference(c, set(a, 0), set(a, 1)));
  }

  static JsonSet set(JsonValue[] arguments, int index) throws BuiltinException {
    if (arguments[index] instanceof JsonSet s) {
      return s;
    }
    throw Operands.wrongType(arguments, index, "set");
  }

  /** The values of the first set that are not in the second. */
  static JsonSet difference(BuiltinContext context, JsonSet a, JsonSet b) {
    context.chargeSteps(a.size());
    JsonSet.Builder rest = JsonSet.builder();
    for (JsonValue v : a) {
      if (!b.contains(v)) {
        rest.add(v);
      }
    }
    return rest.size() == a.size() ? a : rest.build();
  }

  /** The values that are in both sets. */
  static JsonSet common(BuiltinContext context, JsonSet a, JsonSet b) {
    JsonSet fewer = a.size() <= b.size() ? a : b;
    JsonSet more = fewer == a ? b : a;
    context.chargeSteps(fewer.size());
    JsonSet.Builder both = JsonSet.builder();
    for (JsonValue v : fewer) {
      if (more.contains(v)) {
        both.add(v);
      }
    }
    return both.size() == fewer.size() ? fewer : both.build();
  }

  /** The values that are in either set. */
  static JsonSet union(BuiltinContext context, JsonSet a, JsonSet b) {
    if (a.isEmpty() || b.isEmpty()) {
      return a.isEmpty() ? b : a;
    }
    context.chargeValues((long) a.size() + b.size());
    JsonSet.Builder all = JsonSet.builder();
    a.forEach(all::add);
    b.forEach(all::add);
    return all.build();
  }

  private static JsonSet unionOfAll(BuiltinContext context, JsonValue[] args)
      throws BuiltinException {
    JsonSet.Builder all = JsonSet.builder();
    for (JsonValue member : set(args, 0)) {
      JsonSet items = inner(member);
      context.chargeValues(items.size());
      items.forEach(all::add);
    }
    return all.build();
  }

  private static JsonSet intersectionOfAll(BuiltinContext context, JsonValue[] args)
      throws BuiltinException {
    JsonSet result = null;
    for (JsonValue member : set(args, 0)) {
      JsonSet items = inner(member);
      result = result == null ? items : common(context, result, items);
    }
    return result == null ? JsonSet.EMPTY : result;
  }

  private static JsonSet inner(JsonValue member) throws BuiltinException {
    return set(new JsonValue[] {member}, 0);
  }
}
