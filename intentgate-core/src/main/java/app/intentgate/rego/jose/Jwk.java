package app.intentgate.rego.jose;

import app.intentgate.json.JsonArray;
import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonParseException;
import app.intentgate.json.JsonReader;
import app.intentgate.json.JsonString;
import app.intentgate.json.JsonValue;
import java.security.Key;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A key with what a JWK says about it (RFC 7517). Does not print its key.
 *
 * @param algorithm the algorithm it is for; empty when that is not said
 * @param id its name; empty when it has none
 * @param verifying the key that verifies: a public key, or a secret
 * @param signing the key that signs, or null when there is only a public key
 */
public record Jwk(String algorithm, String id, Key verifying, @Nullable Key signing) {
  /** A set beyond this is refused. */
  private static final int MAX_KEYS = 1000;

  /**
   * Reads a key, or a set of keys.
   *
   * @throws JoseException when the text is neither
   */
  public static List<Jwk> parse(String text) throws JoseException {
    JsonValue value;
    try {
      value = JsonReader.parseRego(text);
    } catch (JsonParseException e) {
      throw new JoseException("invalid JSON: " + e.getMessage());
    }
    if (!(value instanceof JsonObject object)) {
      throw new JoseException("a key (set) must be an object");
    }
    if (object.get("keys") == null) {
      return List.of(of(object));
    }
    if (!(object.get("keys") instanceof JsonArray array) || array.size() > MAX_KEYS) {
      throw new JoseException("keys must be an array of at most " + MAX_KEYS + " keys");
    }
    List<Jwk> keys = new ArrayList<>(array.size());
    for (JsonValue item : array) {
      if (!(item instanceof JsonObject key)) {
        throw new JoseException("a key must be an object");
      }
      keys.add(of(key));
    }
    return keys;
  }

  /** Reads one key. */
  public static Jwk of(JsonObject object) throws JoseException {
    String type = text(object, "kty");
    JwkMembers members = new JwkMembers(object);
    JwkMembers.Pair pair =
        switch (type) {
          case "RSA" -> members.rsa();
          case "EC" -> members.ec();
          case "OKP" -> members.okp();
          case "oct" -> members.secret();
          case "" -> throw new JoseException("key has no kty");
          default -> throw new JoseException("unknown kty " + type);
        };
    return new Jwk(text(object, "alg"), text(object, "kid"), pair.verifying(), pair.signing());
  }

  private static String text(JsonObject object, String name) throws JoseException {
    JsonValue value = object.get(name);
    if (value == null) {
      return "";
    }
    if (value instanceof JsonString s) {
      return s.value();
    }
    throw new JoseException(name + " must be a string");
  }

  @Override
  public String toString() {
    return "Jwk[" + algorithm + " " + id + "]";
  }
}
