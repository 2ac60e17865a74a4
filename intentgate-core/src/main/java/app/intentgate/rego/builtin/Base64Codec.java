package app.intentgate.rego.builtin;

import app.intentgate.json.JsonString;
import app.intentgate.json.JsonValue;
import app.intentgate.rego.spi.BuiltinContext;
import app.intentgate.rego.spi.BuiltinException;
import app.intentgate.rego.spi.BuiltinRegistry;
import java.util.Arrays;
import java.util.Base64;

/** {@code base64.*} and {@code base64url.*}, strict as Go's decoder: line breaks are skipped. */
final class Base64Codec {
  private static final String LETTERS_AND_DIGITS =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
  private static final byte[] STANDARD = values(LETTERS_AND_DIGITS + "+/");
  private static final byte[] URL = values(LETTERS_AND_DIGITS + "-_");

  private Base64Codec() {}

  static void addTo(BuiltinRegistry.Builder b) {
    encoder(b, "base64.encode", Base64.getEncoder());
    encoder(b, "base64url.encode", Base64.getUrlEncoder());
    encoder(b, "base64url.encode_no_pad", Base64.getUrlEncoder().withoutPadding());
    b.add(
        "base64.decode(string): string",
        (c, a) -> JsonString.of(GoBytes.text(decode(c, Operands.string(a, 0), STANDARD))));
    b.add("base64url.decode(string): string", Base64Codec::decodeUrl);
    b.add("base64.is_valid(string): boolean", Base64Codec::isValid);
  }

  /** The value of each byte in an alphabet, -1 for those that are not in it. */
  private static byte[] values(String alphabet) {
    byte[] values = new byte[256];
    Arrays.fill(values, (byte) -1);
    for (int i = 0; i < alphabet.length(); i++) {
      values[alphabet.charAt(i)] = (byte) i;
    }
    return values;
  }

  private static void encoder(BuiltinRegistry.Builder b, String name, Base64.Encoder encoder) {
    b.add(
        name + "(string): string",
        (c, a) -> {
          byte[] bytes = GoBytes.of(Operands.string(a, 0));
          c.chargeBytes(bytes.length * 4L / 3);
          return JsonString.of(encoder.encodeToString(bytes));
        });
  }

  private static JsonValue decodeUrl(BuiltinContext context, JsonValue[] args)
      throws BuiltinException {
    return JsonString.of(GoBytes.text(urlBytes(context, Operands.string(args, 0))));
  }

  /** What a text in base64 stands for. */
  static byte[] standardBytes(BuiltinContext context, String text) throws BuiltinException {
    return decode(context, text, STANDARD);
  }

  /** What a text in base64url stands for; padding may be left out. */
  static byte[] urlBytes(BuiltinContext context, String text) throws BuiltinException {
    String padded = text;
    if (!text.endsWith("=")) {
      int rest = GoBytes.of(text).length % 4;
      if (rest == 1) {
        throw BuiltinException.of("illegal base64url string: " + text);
      }
      padded = rest == 0 ? text : text + "=".repeat(4 - rest);
    }
    return decode(context, padded, URL);
  }

  private static JsonValue isValid(BuiltinContext context, JsonValue[] args) {
    if (!(args[0] instanceof JsonString s)) {
      return JsonValue.of(false);
    }
    try {
      decode(context, s.value(), STANDARD);
      return JsonValue.of(true);
    } catch (BuiltinException e) {
      return JsonValue.of(false);
    }
  }

  /** Decodes groups of four letters; the error names the byte that does not fit. */
  private static byte[] decode(BuiltinContext context, String text, byte[] values)
      throws BuiltinException {
    byte[] in = GoBytes.of(text);
    context.chargeBytes(in.length);
    byte[] out = new byte[in.length / 4 * 3 + 2];
    int size = 0;
    int at = 0;
    while (true) {
      int group = 0;
      int letters = 0;
      while (letters < 4) {
        if (at == in.length) {
          if (letters == 0) {
            return Arrays.copyOf(out, size);
          }
          throw illegal(at - letters);
        }
        char c = (char) (in[at++] & 0xff);
        if (c == '\n' || c == '\r') {
          continue;
        }
        int value = values[c];
        if (value < 0) {
          if (c != '=' || letters < 2) {
            throw illegal(at - 1);
          }
          padding(in, at, letters);
          at = in.length;
          break;
        }
        group |= value << (6 * (3 - letters++));
      }
      for (int i = 0; i < letters - 1; i++) {
        out[size++] = (byte) (group >> (8 * (2 - i)));
      }
    }
  }

  /** Checks what follows the first padding character. */
  private static void padding(byte[] in, int from, int letters) throws BuiltinException {
    int at = skipBreaks(in, from);
    if (letters == 2) {
      if (at == in.length || in[at] != '=') {
        throw illegal(at == in.length ? in.length : at - 1);
      }
      at = skipBreaks(in, at + 1);
    }
    if (at < in.length) {
      throw illegal(at);
    }
  }

  private static int skipBreaks(byte[] in, int from) {
    int at = from;
    while (at < in.length && (in[at] == '\n' || in[at] == '\r')) {
      at++;
    }
    return at;
  }

  private static BuiltinException illegal(int at) {
    return BuiltinException.of("illegal base64 data at input byte " + at);
  }
}
