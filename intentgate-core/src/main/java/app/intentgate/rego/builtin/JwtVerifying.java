package app.intentgate.rego.builtin;

import app.intentgate.json.JsonArray;
import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonString;
import app.intentgate.json.JsonValue;
import app.intentgate.rego.jose.JoseException;
import app.intentgate.rego.jose.JwsAlgorithm;
import app.intentgate.rego.jose.VerificationKeys;
import app.intentgate.rego.spi.BuiltinContext;
import app.intentgate.rego.spi.BuiltinException;
import app.intentgate.rego.spi.BuiltinRegistry;
import app.intentgate.rego.spi.BuiltinSignature;
import java.util.HexFormat;
import java.util.Locale;
import javax.crypto.spec.SecretKeySpec;

/** {@code io.jwt.decode}, {@code io.jwt.verify_*} and {@code io.jwt.decode_verify}. */
final class JwtVerifying {
  /** What one verification costs; about a tenth of a millisecond. */
  static final int STEPS = 1000;

  private static final String TOKEN = ": array<object[any: any], object[any: any], string>";

  private JwtVerifying() {}

  static void addTo(BuiltinRegistry.Builder b) {
    b.add("io.jwt.decode(string)" + TOKEN, JwtVerifying::decode);
    for (JwsAlgorithm algorithm : JwsAlgorithm.values()) {
      String name = "io.jwt.verify_" + algorithm.name().toLowerCase(Locale.ROOT);
      boolean shared = algorithm.name().startsWith("HS");
      b.add(
          name + "(string, string): boolean",
          (c, a) -> shared ? verifyShared(c, a, algorithm) : verify(c, a, algorithm));
    }
    b.add(
        BuiltinSignature.parse(
                "io.jwt.decode_verify(string, object[string: any]):"
                    + " array<boolean, object[any: any], object[any: any]>")
            .withKind(BuiltinSignature.Kind.NONDETERMINISTIC),
        JwtVerifying::decodeVerify);
  }

  static VerificationKeys keys(BuiltinContext context, String text) throws BuiltinException {
    return context.compiled(VerificationKeys.class, text, JwtVerifying::parseKeys);
  }

  private static VerificationKeys parseKeys(String text) throws BuiltinException {
    try {
      return VerificationKeys.parse(text);
    } catch (JoseException e) {
      throw BuiltinException.of(e.getMessage());
    }
  }

  private static JsonValue decode(BuiltinContext context, JsonValue[] args)
      throws BuiltinException {
    String text = Operands.string(args, 0);
    while (true) {
      context.chargeSteps(1);
      JwtToken token = JwtToken.split(text);
      JsonObject header = token.decodedHeader(context);
      String payload = token.payloadText(context);
      if (!(header.get("cty") instanceof JsonString type) || !type.value().equals("JWT")) {
        JsonObject claims = JwtToken.object(context, payload);
        String signature = HexFormat.of().formatHex(token.decodedSignature(context));
        return JsonArray.of(header, claims, JsonString.of(signature));
      }
      // The token within may be in quotes.
      text = trimQuotes(payload);
    }
  }

  private static String trimQuotes(String text) {
    int start = 0;
    int end = text.length();
    while (start < end && isQuote(text.charAt(start))) {
      start++;
    }
    while (end > start && isQuote(text.charAt(end - 1))) {
      end--;
    }
    return text.substring(start, end);
  }

  private static boolean isQuote(char c) {
    return c == '"' || c == '\'';
  }

  private static JsonValue verify(BuiltinContext context, JsonValue[] args, JwsAlgorithm algorithm)
      throws BuiltinException {
    JwtToken token = JwtToken.split(Operands.string(args, 0));
    VerificationKeys keys = keys(context, Operands.string(args, 1));
    byte[] signature = signature(context, token);
    JwtHeader header = JwtHeader.of(token.decodedHeader(context));
    byte[] message = token.signedBytes();
    boolean verified =
        keys.anyVerifies(
            header.keyId(),
            header.algorithm(),
            key -> {
              context.chargeSteps(STEPS);
              return algorithm.verifies(key, message, signature);
            });
    return JsonValue.of(verified);
  }

  private static JsonValue verifyShared(
      BuiltinContext context, JsonValue[] args, JwsAlgorithm algorithm) throws BuiltinException {
    String text = Operands.string(args, 0);
    byte[] secret = GoBytes.of(Operands.string(args, 1));
    JwtToken token = JwtToken.split(text);
    byte[] signature = signature(context, token);
    context.chargeSteps(STEPS);
    // HMAC pads keys with zeros, so one zero stands for the empty key, which JCA refuses.
    SecretKeySpec key = new SecretKeySpec(secret.length == 0 ? new byte[1] : secret, "HMAC");
    return JsonValue.of(algorithm.verifies(key, token.signedBytes(), signature));
  }

  /** The signature; its errors stand alone here, unlike those of decoding. */
  private static byte[] signature(BuiltinContext context, JwtToken token) throws BuiltinException {
    return Base64Codec.urlBytes(context, token.signature());
  }

  private static JsonValue decodeVerify(BuiltinContext context, JsonValue[] args)
      throws BuiltinException {
    JwtConstraints constraints = JwtConstraints.of(context, Operands.object(args, 1));
    String text = Operands.string(args, 0);
    while (true) {
      JwtToken token = JwtToken.split(text);
      JsonObject decoded = token.decodedHeader(context);
      JwtHeader header = JwtHeader.of(decoded);
      if (!header.isValid() || !constraints.allowsAlgorithm(header.algorithm())) {
        return refused();
      }
      if (!constraints.verifies(context, token, header, signature(context, token))) {
        return refused();
      }
      text = token.payloadText(context);
      if (!header.isNested()) {
        JsonObject claims = JwtToken.object(context, text);
        return constraints.allowsClaims(claims)
            ? JsonArray.of(JsonValue.of(true), decoded, claims)
            : refused();
      }
    }
  }

  private static JsonValue refused() {
    return JsonArray.of(JsonValue.of(false), JsonObject.EMPTY, JsonObject.EMPTY);
  }
}
