package app.intentgate.rego.x509;

import app.intentgate.json.JsonArray;
import app.intentgate.json.JsonNumber;
import app.intentgate.json.JsonString;
import app.intentgate.json.JsonValue;
import app.intentgate.rego.jose.Der;
import app.intentgate.rego.jose.JoseException;
import app.intentgate.rego.net.IpNetwork;
import java.math.BigInteger;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How Go writes the small things in certificates. */
final class Shown {
  /** No number of a certificate that is one is longer; serial numbers have at most 160 bits. */
  private static final int MAX_BITS = 1 << 16;

  private Shown() {}

  static JsonString base64(byte[] bytes) {
    return JsonString.of(Base64.getEncoder().encodeToString(bytes));
  }

  /** A number, which takes the square of its length to write. */
  static JsonNumber number(BigInteger value) throws JoseException {
    if (value.bitLength() > MAX_BITS) {
      throw new JoseException("x509: number too large");
    }
    return JsonNumber.of(value);
  }

  /** A list, or null when it is empty: Go does not tell the two apart before writing. */
  static JsonValue list(List<? extends JsonValue> items) {
    return items.isEmpty() ? JsonValue.ofNull() : JsonArray.copyOf(items);
  }

  static JsonValue strings(List<String> items) {
    return list(items.stream().map(JsonString::of).toList());
  }

  /** An object identifier as an array of numbers. */
  static JsonArray oid(String dotted) {
    String[] arcs = dotted.split("\\.", -1);
    JsonValue[] numbers = new JsonValue[arcs.length];
    for (int i = 0; i < arcs.length; i++) {
      numbers[i] = JsonNumber.parse(arcs[i]);
    }
    return JsonArray.of(numbers);
  }

  /** A string of one of ASN.1's many types; of another type, its bytes. */
  static JsonString text(Der in) throws JoseException {
    int tag = in.tag();
    byte[] bytes = in.next().rest();
    Charset charset =
        switch (tag) {
          case 0x0c -> StandardCharsets.UTF_8;
          case 0x12, 0x13, 0x16, 0x17, 0x18, 0x1a -> StandardCharsets.US_ASCII;
          case 0x14 -> StandardCharsets.ISO_8859_1;
          case 0x1e -> StandardCharsets.UTF_16BE;
          default -> null;
        };
    return charset == null ? base64(bytes) : JsonString.of(new String(bytes, charset));
  }

  /** What an octet string holds; the value itself when it is none. */
  static byte[] withoutOctetString(byte[] encoded) {
    try {
      return Der.of(encoded).next(Der.OCTET_STRING).rest();
    } catch (JoseException e) {
      return encoded;
    }
  }

  static String ascii(byte[] bytes) {
    return new String(bytes, StandardCharsets.US_ASCII);
  }

  /** The text of an address of 4 or 16 bytes, or null when it has neither. */
  static @Nullable String address(byte[] bytes) {
    boolean isAddress = bytes.length == 4 || bytes.length == 16;
    return isAddress ? IpNetwork.textOf(bytes) : null;
  }
}
