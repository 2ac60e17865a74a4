package app.intentgate.rego.builtin;

import app.intentgate.json.JsonArray;
import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonString;
import app.intentgate.json.JsonValue;
import app.intentgate.rego.spi.BuiltinException;
import java.util.HashSet;
import java.util.Set;

/**
 * The parameters of a token's header that verification goes by; empty when they are not there.
 *
 * @param critical what must be understood
 * @param unknown what is not
 */
record JwtHeader(
    String algorithm, String keyId, String contentType, Set<String> critical, Set<String> unknown) {
  private static final Set<String> KNOWN = Set.of("alg", "kid", "typ", "cty", "crit");

  static JwtHeader of(JsonObject header) throws BuiltinException {
    Set<String> critical = new HashSet<>();
    Set<String> unknown = new HashSet<>();
    for (int rank = 0; rank < header.size(); rank++) {
      int i = header.sortedPosition(rank);
      String name = header.nameAt(i);
      if (!KNOWN.contains(name)) {
        unknown.add(name);
      } else if (name.equals("crit")) {
        critical = critical(header.valueAt(i));
      } else {
        text(header, name);
      }
    }
    return new JwtHeader(
        text(header, "alg"), text(header, "kid"), text(header, "cty"), critical, unknown);
  }

  private static String text(JsonObject header, String name) throws BuiltinException {
    JsonValue value = header.get(name);
    if (value == null) {
      return "";
    }
    if (value instanceof JsonString s) {
      return s.value();
    }
    throw BuiltinException.of(name + ": must be a string");
  }

  private static Set<String> critical(JsonValue value) throws BuiltinException {
    if (!(value instanceof JsonArray array)) {
      throw BuiltinException.of("crit: must be a list");
    }
    Set<String> names = new HashSet<>();
    for (JsonValue item : array) {
      if (!(item instanceof JsonString s)) {
        throw BuiltinException.of("crit: must be a list of strings");
      }
      names.add(s.value());
    }
    if (names.isEmpty()) {
      throw BuiltinException.of("crit: must be a nonempty list");
    }
    return names;
  }

  /** Whether there is an algorithm, and nothing critical that is not understood (RFC 7515). */
  boolean isValid() {
    return !algorithm.isEmpty() && unknown.stream().noneMatch(critical::contains);
  }

  /** Whether the payload is another token. */
  boolean isNested() {
    return contentType.equalsIgnoreCase("JWT");
  }
}
