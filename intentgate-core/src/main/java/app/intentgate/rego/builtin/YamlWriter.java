package app.intentgate.rego.builtin;

import app.intentgate.json.JsonArray;
import app.intentgate.json.JsonNumber;
import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonString;
import app.intentgate.json.JsonValue;
import app.intentgate.json.JsonWriter;
import app.intentgate.rego.spi.BuiltinContext;
import java.math.BigInteger;
import java.util.PriorityQueue;

/** {@code yaml.marshal}: block style, keys sorted with numbers in them by size. */
final class YamlWriter {
  private static final int INDENT = 2;
  private static final int KEY_STEPS = 2;

  private final BuiltinContext context;
  private final YamlTextWriter out;

  private YamlWriter(BuiltinContext context) {
    this.context = context;
    this.out = new YamlTextWriter(context);
  }

  static String write(BuiltinContext context, JsonValue value) {
    YamlWriter writer = new YamlWriter(context);
    writer.value(PlainJson.of(context, value), -INDENT, true);
    return writer.out.text();
  }

  /**
   * Writes a value and the line break after it.
   *
   * @param indent of the collection around it
   * @param fresh whether nothing but indentation stands on the line before it
   */
  private void value(JsonValue value, int indent, boolean fresh) {
    context.chargeSteps(1);
    context.chargeBytes(4);
    if (value instanceof JsonObject object && !object.isEmpty()) {
      object(object, indent + INDENT, fresh);
    } else if (value instanceof JsonArray array && !array.isEmpty()) {
      array(array, indent + INDENT, fresh);
    } else {
      if (!fresh) {
        out.append(" ");
      }
      scalar(value, Math.max(indent, 0) + INDENT, false);
      out.append("\n");
    }
  }

  private void object(JsonObject object, int indent, boolean fresh) {
    // Not sorted as a list: the order may go in circles, which sorting a list does not survive.
    PriorityQueue<NaturalOrder.Name> names = new PriorityQueue<>(object.size());
    for (int i = 0; i < object.size(); i++) {
      context.chargeSteps(KEY_STEPS);
      names.add(NaturalOrder.Name.of(object.nameAt(i)));
    }
    context.chargeSteps(2L * object.size());
    boolean first = fresh;
    while (!names.isEmpty()) {
      String name = names.remove().text();
      if (!first) {
        out.indent(indent);
      }
      first = false;
      scalar(JsonString.of(name), indent + INDENT, true);
      out.append(":");
      JsonValue member = object.get(name);
      if (member instanceof JsonArray array && !array.isEmpty()) {
        out.append("\n");
        array(array, indent, false);
      } else if (member instanceof JsonObject inner && !inner.isEmpty()) {
        out.append("\n");
        object(inner, indent + INDENT, false);
      } else if (member != null) {
        value(member, indent, false);
      }
    }
  }

  private void array(JsonArray array, int indent, boolean fresh) {
    boolean first = fresh;
    for (JsonValue item : array) {
      if (!first) {
        out.indent(indent);
      }
      first = false;
      out.append("- ");
      value(item, indent, true);
    }
  }

  private void scalar(JsonValue value, int indent, boolean key) {
    if (value instanceof JsonString s) {
      context.chargeBytes(s.value().length());
      out.scalar(s.value(), indent, key);
    } else if (value instanceof JsonNumber n) {
      out.append(number(n));
    } else {
      out.append(JsonWriter.toText(value));
    }
  }

  /** Integers of 64 bits stay; everything else is a {@code double}. */
  private static String number(JsonNumber n) {
    if (n.isWrittenAsInteger()) {
      if (n.fitsLong()) {
        return Long.toString(n.longValue()); // without the sign of -0
      }
      if (n.text().length() <= 20 && new BigInteger(n.text()).bitLength() <= 64 && n.signum() > 0) {
        return n.text();
      }
    }
    double d = n.doubleValue();
    if (Double.isInfinite(d)) {
      return d > 0 ? ".inf" : "-.inf";
    }
    return GoFloatText.format(d, 'g', -1);
  }
}
