package app.intentgate.json;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Random;

/** Random documents for property tests: shallow, with awkward strings and numbers. */
final class RandomJson {
  private static final String AWKWARD =
      "ab\"\\/\b\f\n\r\t\u0000\u001f\u007f\u0080éß<>&\u2028\u2029\ufeff\ufffd\uffff\ud83d\ude00日";

  private RandomJson() {}

  static JsonValue value(Random random, int depth) {
    switch (random.nextInt(depth == 0 ? 5 : 8)) {
      case 0:
        return JsonNull.NULL;
      case 1:
        return JsonValue.of(random.nextBoolean());
      case 2:
      case 3:
        return JsonNumber.parse(number(random));
      case 4:
        return JsonString.of(string(random));
      case 5:
        JsonValue[] items = new JsonValue[random.nextInt(6)];
        Arrays.setAll(items, i -> value(random, depth - 1));
        return JsonArray.of(items);
      default:
        JsonObject.Builder object = JsonObject.builder();
        int size = random.nextInt(20) == 0 ? 40 : random.nextInt(7);
        for (int i = 0; i < size; i++) {
          object.put(string(random), value(random, depth - 1));
        }
        return object.build();
    }
  }

  static String string(Random random) {
    StringBuilder out = new StringBuilder();
    int length = random.nextInt(random.nextInt(4) == 0 ? 40 : 8);
    boolean plain = random.nextBoolean();
    for (int i = 0; i < length; i++) {
      out.append(
          plain
              ? (char) ('a' + random.nextInt(26))
              : AWKWARD.charAt(random.nextInt(AWKWARD.length())));
    }
    return out.toString();
  }

  static String number(Random random) {
    StringBuilder out = new StringBuilder(random.nextInt(3) == 0 ? "-" : "");
    int digits = random.nextInt(4) == 0 ? random.nextInt(25) : random.nextInt(3);
    out.append(random.nextInt(10));
    if (out.charAt(out.length() - 1) != '0') {
      for (int i = 0; i < digits; i++) {
        out.append(random.nextInt(3) == 0 ? 0 : random.nextInt(10));
      }
    }
    if (random.nextInt(3) == 0) {
      out.append('.');
      for (int i = random.nextInt(4); i >= 0; i--) {
        out.append(random.nextInt(3) == 0 ? random.nextInt(10) : 0);
      }
    }
    if (random.nextInt(3) == 0) {
      out.append(random.nextBoolean() ? 'e' : 'E');
      out.append(new String[] {"", "+", "-"}[random.nextInt(3)]).append(random.nextInt(25));
    }
    return out.toString();
  }

  /** A text with white space put where JSON permits it. */
  static byte[] spaced(byte[] compact, Random random) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    boolean inString = false;
    for (int i = 0; i < compact.length; i++) {
      byte c = compact[i];
      boolean structural = !inString && "{}[],:".indexOf(c) >= 0;
      if (structural) {
        space(out, random);
      }
      out.write(c);
      if (structural) {
        space(out, random);
      }
      if (inString && c == '\\') {
        out.write(compact[++i]);
      } else if (c == '"') {
        inString = !inString;
      }
    }
    return out.toByteArray();
  }

  private static void space(ByteArrayOutputStream out, Random random) {
    for (int i = random.nextInt(3); i > 0; i--) {
      out.write(" \t\r\n".charAt(random.nextInt(4)));
    }
  }

  /** A text with some bytes changed, dropped, doubled or cut off. */
  static byte[] damaged(byte[] text, Random random) {
    byte[] out = text.clone();
    for (int times = random.nextInt(3); times >= 0 && out.length > 0; times--) {
      int at = random.nextInt(out.length);
      switch (random.nextInt(4)) {
        case 0:
          out[at] = (byte) random.nextInt(256);
          break;
        case 1:
          out = Arrays.copyOf(out, at);
          break;
        case 2:
          out[at] ^= (byte) (1 << random.nextInt(8));
          break;
        default:
          byte[] longer = Arrays.copyOf(out, out.length + 1);
          System.arraycopy(out, at, longer, at + 1, out.length - at);
          out = longer;
          break;
      }
    }
    return out;
  }
}
