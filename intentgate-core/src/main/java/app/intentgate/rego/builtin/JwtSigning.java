package app.intentgate.rego.builtin;

import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonParseException;
import app.intentgate.json.JsonReader;
import app.intentgate.json.JsonString;
import app.intentgate.json.JsonValue;
import app.intentgate.rego.jose.JoseException;
import app.intentgate.rego.jose.Jwk;
import app.intentgate.rego.jose.JwsAlgorithm;
import app.intentgate.rego.spi.BuiltinContext;
import app.intentgate.rego.spi.BuiltinException;
import app.intentgate.rego.spi.BuiltinRegistry;
import app.intentgate.rego.spi.BuiltinSignature;
import java.nio.charset.StandardCharsets;
import java.security.Key;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code io.jwt.encode_sign} and {@code io.jwt.encode_sign_raw}. */
final class JwtSigning {
  private static final String OBJECT = "object[string: any]";

  private JwtSigning() {}

  static void addTo(BuiltinRegistry.Builder b) {
    String three = "(" + OBJECT + ", " + OBJECT + ", " + OBJECT + "): string";
    b.add(changing("io.jwt.encode_sign" + three), JwtSigning::encodeSign);
    b.add(
        changing("io.jwt.encode_sign_raw(string, string, string): string"),
        JwtSigning::encodeSignRaw);
  }

  /** Most signatures have chance in them. */
  private static BuiltinSignature changing(String signature) {
    return BuiltinSignature.parse(signature).withKind(BuiltinSignature.Kind.NONDETERMINISTIC);
  }

  private static JsonValue encodeSign(BuiltinContext context, JsonValue[] args)
      throws BuiltinException {
    String header = PlainJson.text(context, args[0]);
    String payload = PlainJson.text(context, args[1]);
    String key = PlainJson.text(context, args[2]);
    return sign(context, header, payload, key);
  }

  private static JsonValue encodeSignRaw(BuiltinContext context, JsonValue[] args)
      throws BuiltinException {
    String key = Operands.string(args, 2);
    return sign(context, Operands.string(args, 0), Operands.string(args, 1), key);
  }

  private static JsonValue sign(
      BuiltinContext context, String header, String payload, String keyText)
      throws BuiltinException {
    context.chargeSteps(JwtVerifying.STEPS);
    context.chargeBytes((header.length() + (long) payload.length()) * 2);
    Key key = signingKey(keyText);
    JsonObject members = members(header);
    String name = text(members, "alg");
    if (name == null) {
      throw alg("jwsbb: header \"alg\" not found");
    }
    JwsAlgorithm algorithm = JwsAlgorithm.named(name);
    if (algorithm == null) {
      throw BuiltinException.of("unknown JWS algorithm: " + name);
    }
    String type = text(members, "typ");
    if ((type == null || type.equals("JWT")) && !isJson(payload)) {
      throw BuiltinException.of("type is JWT but payload is not JSON");
    }
    String signed = encoded(GoBytes.of(header)) + "." + encoded(GoBytes.of(payload));
    try {
      byte[] signature = algorithm.sign(key, signed.getBytes(StandardCharsets.US_ASCII));
      return JsonString.of(signed + "." + encoded(signature));
    } catch (JoseException e) {
      throw BuiltinException.of(e.getMessage());
    }
  }

  private static Key signingKey(String text) throws BuiltinException {
    try {
      List<Jwk> keys = Jwk.parse(text);
      if (keys.isEmpty()) {
        throw BuiltinException.of("no keys found in JWK set");
      }
      Key key = keys.get(0).signing();
      if (key == null) {
        throw BuiltinException.of("the key is public and cannot sign");
      }
      return key;
    } catch (JoseException e) {
      throw BuiltinException.of("failed to parse JWK: " + e.getMessage());
    }
  }

  private static BuiltinException alg(String why) {
    return BuiltinException.of("missing or invalid 'alg' header: " + why);
  }

  /** The members of a header; none when it is JSON but no object, for then nothing is in it. */
  private static JsonObject members(String header) throws BuiltinException {
    if (header.isBlank()) {
      throw alg("cannot parse JSON: cannot parse empty string");
    }
    try {
      return JsonReader.parseRego(header) instanceof JsonObject o ? o : JsonObject.EMPTY;
    } catch (JsonParseException e) {
      // The reader OPA uses takes any run of these letters for a number.
      if (header.chars().allMatch(c -> "0123456789+-.eE".indexOf(c) >= 0)) {
        return JsonObject.EMPTY;
      }
      throw alg("cannot parse JSON: " + e.getMessage());
    }
  }

  private static @Nullable String text(JsonObject members, String name) {
    return members.get(name) instanceof JsonString s ? s.value() : null;
  }

  private static boolean isJson(String text) {
    try {
      JsonReader.parseRego(text);
      return true;
    } catch (JsonParseException e) {
      return false;
    }
  }

  private static String encoded(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
