package app.intentgate.rego.builtin;

import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonValue;
import app.intentgate.rego.spi.BuiltinContext;
import app.intentgate.rego.spi.BuiltinException;
import java.nio.charset.StandardCharsets;

/**
 * The three parts of a signed token, as they are written. Nothing is decoded until asked for, since
 * errors have an order.
 */
record JwtToken(String header, String payload, String signature) {

  static JwtToken split(String text) throws BuiltinException {
    if (text.indexOf('.') < 0) {
      throw BuiltinException.of("encoded JWT had no period separators");
    }
    String[] parts = text.split("\\.", -1);
    if (parts.length != 3) {
      throw BuiltinException.of("encoded JWT must have 3 sections, found " + parts.length);
    }
    return new JwtToken(parts[0], parts[1], parts[2]);
  }

  /** The header as an object; that of an encrypted token is refused. */
  JsonObject decodedHeader(BuiltinContext context) throws BuiltinException {
    String text = text(context, header, "header");
    JsonObject object;
    try {
      object = object(context, text);
    } catch (BuiltinException e) {
      throw BuiltinException.of("bad JWT header: " + e.getMessage());
    }
    if (object.get("enc") != null) {
      throw BuiltinException.of("JWT is a JWE object, which is not supported");
    }
    return object;
  }

  /** The payload as text, which may be another token. */
  String payloadText(BuiltinContext context) throws BuiltinException {
    return text(context, payload, "payload");
  }

  private static String text(BuiltinContext context, String part, String name)
      throws BuiltinException {
    return GoBytes.text(bytes(context, part, name));
  }

  private static byte[] bytes(BuiltinContext context, String part, String name)
      throws BuiltinException {
    try {
      return Base64Codec.urlBytes(context, part);
    } catch (BuiltinException e) {
      throw BuiltinException.of("JWT " + name + " had invalid encoding: " + e.getMessage());
    }
  }

  /** The bytes of the signature. */
  byte[] decodedSignature(BuiltinContext context) throws BuiltinException {
    return bytes(context, signature, "signature");
  }

  /** What is signed. */
  byte[] signedBytes() {
    return (header + "." + payload).getBytes(StandardCharsets.UTF_8);
  }

  /** Reads a JSON object. */
  static JsonObject object(BuiltinContext context, String text) throws BuiltinException {
    JsonValue value;
    try {
      value = JsonEncoding.parse(context, text);
    } catch (BuiltinException e) {
      throw BuiltinException.of("invalid JSON: " + e.getMessage());
    }
    if (value instanceof JsonObject object) {
      return object;
    }
    throw BuiltinException.of("decoded JSON type was not an Object");
  }
}
