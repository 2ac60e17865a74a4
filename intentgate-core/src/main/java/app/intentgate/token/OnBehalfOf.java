package app.intentgate.token;

import app.intentgate.json.JsonNull;
import app.intentgate.json.JsonNumber;
import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonParseException;
import app.intentgate.json.JsonReader;
import app.intentgate.json.JsonString;
import app.intentgate.json.JsonValue;
import app.intentgate.token.TokenException.Code;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Verifies on-behalf-of tokens, with which an identity provider says for which person an agent acts
 * (contract 9.5). Does not print its key. Immutable and thread-safe.
 */
public final class OnBehalfOf {
  /** The longest text that is looked at. */
  public static final int MAX_LENGTH = 64 * 1024;

  private final byte[] key;

  /**
   * For whom an agent acts.
   *
   * @param agent the agent, {@code sub}
   * @param user the person, {@code act}; may be empty
   * @param attributes what else is known about the person, {@code attrs}
   */
  public record Principal(String agent, String user, Map<String, String> attributes) {
    /** Copies the map, keeping its order. */
    public Principal {
      attributes = Collections.unmodifiableMap(new LinkedHashMap<>(attributes));
    }
  }

  private OnBehalfOf(byte[] key) {
    this.key = key;
  }

  /**
   * A verifier with a shared secret.
   *
   * @throws TokenException with {@code INVALID_KEY} when it is empty
   */
  public static OnBehalfOf withKey(String secret) {
    if (secret.isEmpty()) {
      throw new TokenException(Code.INVALID_KEY, "on-behalf-of key is empty");
    }
    return new OnBehalfOf(secret.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * For whom the token says the agent acts.
   *
   * @throws TokenException with {@code INVALID_ON_BEHALF_OF} and a text that starts with {@code
   *     obo:}
   */
  public Principal verify(String text, Instant now) {
    int dot = text.indexOf('.');
    if (dot <= 0 || dot == text.length() - 1 || text.length() > MAX_LENGTH) {
      throw invalid("malformed token (want payload.sig)");
    }
    byte[] payload = Base64Url.decode(text.substring(0, dot));
    if (payload == null) {
      throw invalid("invalid payload encoding");
    }
    byte[] signature = Base64Url.decode(text.substring(dot + 1));
    if (signature == null) {
      throw invalid("invalid signature encoding");
    }
    if (!MessageDigest.isEqual(Hmac.of(key, payload), signature)) {
      throw invalid("signature mismatch");
    }
    return principal(claims(payload), now);
  }

  private static Principal principal(JsonObject claims, Instant now) {
    String agent = string(claims.get("sub"), "sub");
    String user = string(claims.get("act"), "act");
    Map<String, String> attributes = attributes(claims.get("attrs"));
    number(claims.get("iat"), "iat");
    long exp = number(claims.get("exp"), "exp");
    if (agent.isEmpty()) {
      throw invalid("token missing subject");
    }
    if (exp == 0) {
      throw invalid("token missing expiry");
    }
    if (now.getEpochSecond() >= exp) {
      throw invalid("token expired");
    }
    return new Principal(agent, user, attributes);
  }

  private static JsonObject claims(byte[] payload) {
    try {
      if (JsonReader.parse(payload) instanceof JsonObject object) {
        return object;
      }
    } catch (JsonParseException e) {
      throw invalid("unmarshal: " + Objects.requireNonNull(e.getMessage()));
    }
    throw invalid("unmarshal: payload is no object");
  }

  private static String string(@Nullable JsonValue value, String name) {
    if (value instanceof JsonString s) {
      return s.value();
    }
    if (value == null || value instanceof JsonNull) {
      return "";
    }
    throw invalid("unmarshal: " + name + " is no string");
  }

  private static long number(@Nullable JsonValue value, String name) {
    if (value instanceof JsonNumber n && n.fitsLong()) {
      return n.longValue();
    }
    if (value == null || value instanceof JsonNull) {
      return 0;
    }
    throw invalid("unmarshal: " + name + " is no whole number");
  }

  private static Map<String, String> attributes(@Nullable JsonValue value) {
    if (value == null || value instanceof JsonNull) {
      return Map.of();
    }
    if (!(value instanceof JsonObject object)) {
      throw invalid("unmarshal: attrs is no object");
    }
    Map<String, String> attributes = new LinkedHashMap<>();
    for (int i = 0; i < object.size(); i++) {
      attributes.put(object.nameAt(i), string(object.valueAt(i), "an attribute"));
    }
    return attributes;
  }

  private static TokenException invalid(String why) {
    return new TokenException(Code.INVALID_ON_BEHALF_OF, "obo: " + why);
  }
}
