package app.intentgate.rego.builtin;

import app.intentgate.json.JsonArray;
import app.intentgate.json.JsonNumber;
import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonString;
import app.intentgate.json.JsonValue;
import app.intentgate.rego.jose.JwsAlgorithm;
import app.intentgate.rego.jose.VerificationKeys;
import app.intentgate.rego.spi.BuiltinContext;
import app.intentgate.rego.spi.BuiltinException;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** What {@code io.jwt.decode_verify} asks of a token: keys, and what may be in it. */
final class JwtConstraints {
  private static final double NANOS = 1e9;

  private @Nullable VerificationKeys keys;
  private String secret = "";
  private String algorithm = "";
  private String issuer = "";
  private String audience = "";

  /** Nanoseconds since 1970. */
  private double time;

  private JwtConstraints(double now) {
    this.time = now;
  }

  static JwtConstraints of(BuiltinContext context, JsonObject object) throws BuiltinException {
    JwtConstraints constraints = new JwtConstraints(context.nowNanos());
    for (int rank = 0; rank < object.size(); rank++) {
      int i = object.sortedPosition(rank);
      String name = object.keyAt(i) instanceof JsonString s ? s.value() : "";
      constraints.add(context, name, object.valueAt(i));
    }
    if (constraints.keys != null && !constraints.secret.isEmpty()) {
      throw BuiltinException.of("duplicate key constraints");
    }
    if (constraints.keys == null && constraints.secret.isEmpty()) {
      throw BuiltinException.of("no key constraint");
    }
    return constraints;
  }

  private void add(BuiltinContext context, String name, JsonValue value) throws BuiltinException {
    switch (name) {
      case "cert" -> keys = JwtVerifying.keys(context, text(name, value));
      case "secret" -> secret = text(name, value);
      case "alg" -> algorithm = text(name, value);
      case "iss" -> issuer = text(name, value);
      case "aud" -> audience = text(name, value);
      case "time" -> time = time(value);
      default -> throw BuiltinException.of("unknown token validation constraint: " + name);
    }
  }

  private static String text(String name, JsonValue value) throws BuiltinException {
    if (value instanceof JsonString s) {
      return s.value();
    }
    throw BuiltinException.of(name + " constraint: must be a string");
  }

  private static double time(JsonValue value) throws BuiltinException {
    if (!(value instanceof JsonNumber n)) {
      throw BuiltinException.of("token time constraint: must be a number");
    }
    if (n.signum() < 0) {
      throw BuiltinException.of("token time constraint: must not be negative");
    }
    double nanos = n.doubleValue();
    if (Double.isInfinite(nanos)) {
      throw BuiltinException.of("token time constraint: unvalid float64");
    }
    return nanos;
  }

  /** Whether the algorithm is the one asked for, if one is. */
  boolean allowsAlgorithm(String name) {
    return algorithm.isEmpty() || algorithm.equals(name);
  }

  /** Whether a trusted key has signed the token. */
  boolean verifies(BuiltinContext context, JwtToken token, JwtHeader header, byte[] signature) {
    JwsAlgorithm known = JwsAlgorithm.named(header.algorithm());
    if (known == null) {
      return false;
    }
    byte[] message = token.signedBytes();
    context.chargeSteps(JwtVerifying.STEPS);
    if (keys == null) {
      byte[] bytes = GoBytes.of(secret);
      return known.verifies(new SecretKeySpec(bytes, "HMAC"), message, signature);
    }
    return keys.anyVerifies(
        header.keyId(),
        header.algorithm(),
        key -> {
          context.chargeSteps(JwtVerifying.STEPS);
          return known.verifies(key, message, signature);
        });
  }

  /**
   * Whether the claims are what was asked for, and the time is right.
   *
   * @throws BuiltinException when a time among them is no number
   */
  boolean allowsClaims(JsonObject payload) throws BuiltinException {
    if (!issuer.isEmpty() && !issuer.equals(text(payload.get("iss")))) {
      return false;
    }
    JsonValue aud = payload.get("aud");
    boolean audienceFits = aud == null ? audience.isEmpty() : isAudience(aud);
    if (!audienceFits) {
      return false;
    }
    JsonNumber now = JsonNumber.parse(GoFloatText.format(time / NANOS, 'g', -1));
    JsonNumber expires = claimedTime(payload, "exp");
    if (expires != null && now.compareTo(expires) >= 0) {
      return false;
    }
    JsonNumber notBefore = claimedTime(payload, "nbf");
    return notBefore == null || now.compareTo(notBefore) >= 0;
  }

  private static @Nullable String text(@Nullable JsonValue value) {
    return value == null ? null : value.asText();
  }

  private boolean isAudience(JsonValue aud) {
    JsonString wanted = JsonString.of(audience);
    if (aud instanceof JsonArray array) {
      for (JsonValue item : array) {
        if (item.equals(wanted)) {
          return true;
        }
      }
      return false;
    }
    return aud.equals(wanted);
  }

  private static @Nullable JsonNumber claimedTime(JsonObject payload, String name)
      throws BuiltinException {
    JsonValue value = payload.get(name);
    if (value == null || value instanceof JsonNumber) {
      return (JsonNumber) value;
    }
    throw BuiltinException.of(name + " value must be a number");
  }
}
