package app.intentgate.rego.builtin;

import app.intentgate.json.JsonArray;
import app.intentgate.json.JsonNumber;
import app.intentgate.json.JsonString;
import app.intentgate.json.JsonValue;
import app.intentgate.rego.spi.BuiltinContext;
import app.intentgate.rego.spi.BuiltinException;
import app.intentgate.rego.spi.BuiltinRegistry;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/** {@code sprintf}: Go's formats over Rego values. */
final class Sprintf {
  /** Whole numbers with more digits than this are formatted as text. */
  private static final int MAX_DIGITS = 10_000;

  private Sprintf() {}

  static void addTo(BuiltinRegistry.Builder b) {
    b.add("sprintf(string, array[any]): string", Sprintf::sprintf);
  }

  private static JsonValue sprintf(BuiltinContext context, JsonValue[] args)
      throws BuiltinException {
    String format = Operands.string(args, 0);
    JsonArray values = Operands.array(args, 1);
    List<Object> arguments = new ArrayList<>(values.size());
    for (JsonValue v : values) {
      arguments.add(argument(context, v));
    }
    return JsonString.of(GoFormat.format(context, format, arguments));
  }

  /**
   * The Go value that stands for a Rego value; what is no string or number is its Rego text. A
   * number with an exponent and no point, {@code 1e21}, is text to OPA, too.
   */
  private static Object argument(BuiltinContext context, JsonValue value) {
    if (value instanceof JsonString s) {
      return s.value();
    }
    if (!(value instanceof JsonNumber n)) {
      return ShownText.of(context, value);
    }
    if (n.isWrittenAsInteger()) {
      if (n.fitsLong()) {
        return n.longValue();
      }
      int length = n.text().length();
      Numbers.chargeBits(context, Numbers.bits(Math.min(length, MAX_DIGITS)));
      return length > MAX_DIGITS ? n.text() : new BigInteger(n.text());
    }
    double d = n.text().indexOf('.') < 0 ? Double.POSITIVE_INFINITY : n.doubleValue();
    return Double.isInfinite(d) ? n.text() : d;
  }
}
