package app.intentgate.token;

import app.intentgate.json.JsonArray;
import app.intentgate.json.JsonNull;
import app.intentgate.json.JsonNumber;
import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonOutput;
import app.intentgate.json.JsonParseException;
import app.intentgate.json.JsonReader;
import app.intentgate.json.JsonString;
import app.intentgate.json.JsonValue;
import app.intentgate.token.TokenException.Code;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The JSON of tokens (contract 1.1, 1.4), read by the rules of B6. */
final class TokenJson {
  private static final Set<String> TOKEN_NAMES =
      Set.of("v", "jti", "root_jti", "iss", "tenant", "zone", "sub", "iat", "nbf", "cav", "sig");
  private static final Set<String> CAVEAT_NAMES =
      Set.of(
          "t",
          "tools",
          "agent",
          "exp",
          "max_calls",
          "step_up_at",
          "callees",
          "callee_zones",
          "servers",
          "rate_per_min",
          "max_cents",
          "risk_max");

  private TokenJson() {}

  static CapabilityToken decode(String text) {
    if (text.length() > CapabilityToken.MAX_ENCODED_LENGTH) {
      throw new TokenException(
          Code.TOO_LARGE,
          "token is longer than " + CapabilityToken.MAX_ENCODED_LENGTH + " characters");
    }
    byte[] json = Base64Url.decode(text);
    if (json == null) {
      throw new TokenException(Code.NOT_BASE64URL, "token is not valid base64url");
    }
    JsonValue value;
    try {
      value = JsonReader.parse(json);
    } catch (JsonParseException e) {
      throw malformed();
    }
    if (mayHoldSurrogateEscapes(json)) {
      refuseLoneSurrogates(value);
    }
    if (value instanceof JsonObject object) {
      return token(object);
    }
    if (value instanceof JsonNull) {
      return token(JsonObject.EMPTY);
    }
    throw malformed();
  }

  private static CapabilityToken token(JsonObject object) {
    refuseCaseVariants(object, TOKEN_NAMES);
    return new CapabilityToken(
        number(object, "v"),
        string(object, "jti"),
        string(object, "root_jti"),
        string(object, "iss"),
        string(object, "tenant"),
        string(object, "zone"),
        string(object, "sub"),
        number(object, "iat"),
        number(object, "nbf"),
        caveats(object),
        string(object, "sig"));
  }

  private static List<Caveat> caveats(JsonObject object) {
    JsonArray array = array(object, "cav");
    if (array.size() > CapabilityToken.MAX_CAVEATS) {
      throw new TokenException(
          Code.TOO_LARGE, "token has more than " + CapabilityToken.MAX_CAVEATS + " caveats");
    }
    Caveat[] caveats = new Caveat[array.size()];
    for (int i = 0; i < caveats.length; i++) {
      if (!(array.get(i) instanceof JsonObject caveat)) {
        throw malformed();
      }
      refuseCaseVariants(caveat, CAVEAT_NAMES);
      caveats[i] = Caveat.of(string(caveat, "t"), members(caveat));
    }
    return List.of(caveats);
  }

  private static CaveatMembers members(JsonObject caveat) {
    return new CaveatMembers(
        ToolPatterns.of(strings(caveat, "tools")),
        string(caveat, "agent"),
        number(caveat, "exp"),
        number(caveat, "max_calls"),
        number(caveat, "step_up_at"),
        strings(caveat, "callees"),
        strings(caveat, "callee_zones"),
        strings(caveat, "servers"),
        number(caveat, "rate_per_min"),
        number(caveat, "max_cents"),
        number(caveat, "risk_max"));
  }

  private static String string(JsonObject object, String name) {
    JsonValue value = object.get(name);
    if (value instanceof JsonString s) {
      return s.value();
    }
    requireAbsent(value);
    return "";
  }

  private static long number(JsonObject object, String name) {
    JsonValue value = object.get(name);
    if (value instanceof JsonNumber n) {
      if (!n.fitsLong() || !isPlain(n.text())) {
        throw malformed();
      }
      return n.longValue();
    }
    requireAbsent(value);
    return 0;
  }

  /** Whether a number was written without point and exponent. */
  private static boolean isPlain(String number) {
    for (int i = 0; i < number.length(); i++) {
      char c = number.charAt(i);
      if (c == '.' || c == 'e' || c == 'E') {
        return false;
      }
    }
    return true;
  }

  private static JsonArray array(JsonObject object, String name) {
    JsonValue value = object.get(name);
    if (value instanceof JsonArray array) {
      return array;
    }
    requireAbsent(value);
    return JsonArray.EMPTY;
  }

  private static List<String> strings(JsonObject object, String name) {
    JsonArray array = array(object, name);
    if (array.isEmpty()) {
      return List.of();
    }
    List<String> strings = new ArrayList<>(array.size());
    for (JsonValue item : array) {
      if (!(item instanceof JsonString s)) {
        throw malformed();
      }
      strings.add(s.value());
    }
    return strings;
  }

  /** Null is the same as a member that is not there. */
  private static void requireAbsent(@Nullable JsonValue value) {
    if (value != null && !(value instanceof JsonNull)) {
      throw malformed();
    }
  }

  /** Refuses names that other readers would take for one of ours (B6). */
  private static void refuseCaseVariants(JsonObject object, Set<String> names) {
    for (int i = 0; i < object.size(); i++) {
      String name = object.nameAt(i);
      if (!names.contains(name) && names.contains(fold(name))) {
        throw malformed();
      }
    }
  }

  /** Folds case, and the two characters beyond ASCII whose simple case folding is ASCII. */
  private static String fold(String name) {
    StringBuilder folded = new StringBuilder(name.length());
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      folded.append(
          c == '\u017f' ? 's' : c == '\u212a' ? 'k' : c >= 'A' && c <= 'Z' ? (char) (c + 32) : c);
    }
    return folded.toString();
  }

  private static boolean mayHoldSurrogateEscapes(byte[] json) {
    for (int i = 0; i + 2 < json.length; i++) {
      if (json[i] == '\\' && json[i + 1] == 'u' && (json[i + 2] | 0x20) == 'd') {
        return true;
      }
    }
    return false;
  }

  private static void refuseLoneSurrogates(JsonValue value) {
    if (value instanceof JsonString s) {
      if (!WellFormed.isWellFormed(s.value())) {
        throw malformed();
      }
    } else if (value instanceof JsonArray array) {
      array.forEach(TokenJson::refuseLoneSurrogates);
    } else if (value instanceof JsonObject object) {
      for (int i = 0; i < object.size(); i++) {
        refuseLoneSurrogates(object.keyAt(i));
        refuseLoneSurrogates(object.valueAt(i));
      }
    }
  }

  private static TokenException malformed() {
    return new TokenException(Code.MALFORMED_JSON, "token JSON is malformed");
  }

  static byte[] encode(CapabilityToken token) {
    JsonOutput out = JsonOutput.htmlSafe().beginObject();
    writeClaims(token, out);
    if (!token.caveats().isEmpty()) {
      out.name("cav").beginArray();
      for (Caveat caveat : token.caveats()) {
        caveat.members().write(caveat.type(), out);
      }
      out.endArray();
    }
    return out.name("sig").string(token.signature()).endObject().toByteArray();
  }

  /** Writes what the first signature is made over. */
  static void writePayload(CapabilityToken token, JsonOutput out) {
    out.beginObject();
    writeClaims(token, out);
    out.endObject();
  }

  private static void writeClaims(CapabilityToken token, JsonOutput out) {
    out.name("v").number(token.version());
    out.name("jti").string(token.id());
    out.name("root_jti").string(token.rootId());
    out.name("iss").string(token.issuer());
    out.name("tenant").string(token.tenant());
    out.name("zone").string(token.zone());
    out.name("sub").string(token.subject());
    out.name("iat").number(token.issuedAt());
    if (token.notBefore() != 0) {
      out.name("nbf").number(token.notBefore());
    }
  }
}
