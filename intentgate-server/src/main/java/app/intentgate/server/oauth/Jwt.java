package app.intentgate.server.oauth;

import app.intentgate.json.JsonLimits;
import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonParseException;
import app.intentgate.json.JsonReader;
import app.intentgate.json.JsonString;
import app.intentgate.json.JsonValue;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.util.Base64URL;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.Base64;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A signed JWT in its compact form, read strictly and not verified: nothing it says is true yet.
 *
 * @param header its header, which names a permitted algorithm and nothing critical
 * @param claims what it says
 * @param signed the bytes that were signed
 * @param signature the signature
 */
record Jwt(JWSHeader header, Claims claims, byte[] signed, Base64URL signature) {
  /** The longest token that is looked at, in characters. */
  static final int MAX_LENGTH = 16 * 1024;

  /** Asymmetric signatures alone: a public key must never serve as a shared secret. */
  private static final Set<String> ALGORITHMS =
      Set.of("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512");

  /** An access token, or a JWT that does not say what it is. */
  private static final Set<String> TYPES = Set.of("at+jwt", "application/at+jwt", "jwt");

  private static final int MAX_DEPTH = 16;

  /** Whether a bearer text has the form of a JWT; a capability token has no dots. */
  static boolean looksLike(String text) {
    int first = text.indexOf('.');
    int second = text.indexOf('.', first + 1);
    return first >= 0 && second >= 0 && text.indexOf('.', second + 1) < 0;
  }

  /**
   * Reads a token.
   *
   * @throws OAuthRefusal when it cannot be one that is taken, whoever signed it
   */
  static Jwt read(String text) {
    if (text.length() > MAX_LENGTH) {
      throw OAuthRefusal.invalid("longer than " + MAX_LENGTH + " characters");
    }
    int first = text.indexOf('.');
    int second = text.indexOf('.', first + 1);
    byte[] head = decode(text.substring(0, first));
    JsonObject header = object(head);
    check(header);
    return new Jwt(
        header(head),
        new Claims(object(decode(text.substring(first + 1, second)))),
        text.substring(0, second).getBytes(StandardCharsets.US_ASCII),
        signature(text.substring(second + 1)));
  }

  private static void check(JsonObject header) {
    if (!ALGORITHMS.contains(text(header.get("alg")))) {
      throw OAuthRefusal.invalid("its algorithm is not permitted");
    }
    if (header.get("crit") != null || header.get("b64") != null) {
      throw OAuthRefusal.invalid("its header has extensions that are not known here");
    }
    if (header.get("zip") != null || header.get("enc") != null) {
      throw OAuthRefusal.invalid("it is not a plain signed token");
    }
    JsonValue type = header.get("typ");
    if (type != null && !TYPES.contains(text(type).toLowerCase(java.util.Locale.ROOT))) {
      throw OAuthRefusal.invalid("it is of another type");
    }
  }

  private static String text(@Nullable JsonValue value) {
    return value instanceof JsonString text ? text.value() : "";
  }

  private static JWSHeader header(byte[] json) {
    try {
      return JWSHeader.parse(new String(json, StandardCharsets.UTF_8));
    } catch (ParseException | IllegalArgumentException e) {
      throw OAuthRefusal.invalid("its header cannot be read");
    }
  }

  private static Base64URL signature(String text) {
    if (decode(text).length == 0) {
      throw OAuthRefusal.invalid("it is not signed");
    }
    return new Base64URL(text);
  }

  /** Base64url in its one spelling: no padding, no other letters. */
  private static byte[] decode(String text) {
    try {
      byte[] bytes = Base64.getUrlDecoder().decode(text);
      if (Base64.getUrlEncoder().withoutPadding().encodeToString(bytes).equals(text)) {
        return bytes;
      }
    } catch (IllegalArgumentException e) {
      throw OAuthRefusal.invalid("not base64url");
    }
    throw OAuthRefusal.invalid("not base64url in its one spelling");
  }

  private static JsonObject object(byte[] json) {
    try {
      if (JsonReader.parse(json, JsonLimits.ofDefaults().withMaxDepth(MAX_DEPTH))
          instanceof JsonObject object) {
        return object;
      }
    } catch (JsonParseException e) {
      throw OAuthRefusal.invalid("not JSON, or JSON that can be read in two ways");
    }
    throw OAuthRefusal.invalid("not a JSON object");
  }

  /** Who claims to have issued it; never empty. */
  String issuer() {
    return claims.required("iss");
  }

  /** Nothing of the token: it is a secret. */
  @Override
  public String toString() {
    return "Jwt[…]";
  }
}
