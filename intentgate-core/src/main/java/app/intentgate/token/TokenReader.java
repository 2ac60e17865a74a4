package app.intentgate.token;

import app.intentgate.json.JsonArray;
import app.intentgate.json.JsonCursor;
import app.intentgate.json.JsonCursor.Kind;
import app.intentgate.json.JsonLimits;
import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonParseException;
import app.intentgate.json.JsonString;
import app.intentgate.json.JsonValue;
import app.intentgate.text.WellFormed;
import app.intentgate.token.TokenException.Code;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * Reads the text of a token (contract 1.4) by the rules of B6: any order of members, white space,
 * escapes, null or an empty list for what is absent, and unknown members are fine; everything that
 * gives one token two meanings or two spellings is not. Used once.
 */
final class TokenReader {
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

  private static final int SCRATCH = 4 * 1024;
  private static final Pool<byte[]> SCRATCHES = new Pool<>(() -> new byte[SCRATCH]);

  private final JsonCursor in;

  private TokenReader(byte[] json, int length) {
    this.in = JsonCursor.over(json, length, JsonLimits.ofDefaults());
  }

  static CapabilityToken read(String text) {
    if (text.length() > CapabilityToken.MAX_ENCODED_LENGTH) {
      throw new TokenException(
          Code.TOO_LARGE,
          "token is longer than " + CapabilityToken.MAX_ENCODED_LENGTH + " characters");
    }
    int length = Base64Url.decodedLength(text.length());
    byte[] scratch = SCRATCHES.take();
    byte[] json = length <= scratch.length ? scratch : new byte[length];
    try {
      if (!Base64Url.decode(text, json)) {
        throw new TokenException(Code.NOT_BASE64URL, "token is not valid base64url");
      }
      TokenReader reader = new TokenReader(json, length);
      CapabilityToken token = reader.token();
      reader.in.end();
      return token;
    } catch (JsonParseException e) {
      throw malformed();
    } finally {
      Arrays.fill(json, 0, length, (byte) 0);
      SCRATCHES.give(scratch);
    }
  }

  private CapabilityToken token() {
    long version = 0;
    long issuedAt = 0;
    long notBefore = 0;
    String id = "";
    String rootId = "";
    String issuer = "";
    String tenant = "";
    String zone = "";
    String subject = "";
    String signature = "";
    List<Caveat> caveats = List.of();
    if (!absent()) {
      in.beginObject();
      for (String name = in.nextName(); name != null; name = in.nextName()) {
        switch (name) {
          case "v" -> version = number();
          case "jti" -> id = string();
          case "root_jti" -> rootId = string();
          case "iss" -> issuer = word();
          case "tenant" -> tenant = word();
          case "zone" -> zone = word();
          case "sub" -> subject = string();
          case "iat" -> issuedAt = number();
          case "nbf" -> notBefore = number();
          case "cav" -> caveats = caveats();
          case "sig" -> signature = string();
          default -> unknown(name, TOKEN_NAMES);
        }
      }
    }
    return new CapabilityToken(
        version, id, rootId, issuer, tenant, zone, subject, issuedAt, notBefore, caveats,
        signature);
  }

  private List<Caveat> caveats() {
    if (absent()) {
      return List.of();
    }
    List<Caveat> caveats = new ArrayList<>(8);
    in.beginArray();
    while (in.nextItem()) {
      if (caveats.size() == CapabilityToken.MAX_CAVEATS) {
        throw new TokenException(
            Code.TOO_LARGE, "token has more than " + CapabilityToken.MAX_CAVEATS + " caveats");
      }
      caveats.add(caveat());
    }
    return caveats;
  }

  private Caveat caveat() {
    String type = "";
    ToolPatterns tools = ToolPatterns.NONE;
    String agent = "";
    long exp = 0;
    long maxCalls = 0;
    long stepUpAt = 0;
    List<String> callees = List.of();
    List<String> calleeZones = List.of();
    List<String> servers = List.of();
    long ratePerMin = 0;
    long maxCents = 0;
    long riskMax = 0;
    in.beginObject();
    for (String name = in.nextName(); name != null; name = in.nextName()) {
      switch (name) {
        case "t" -> type = word();
        case "tools" -> tools = ToolPatterns.of(strings());
        case "agent" -> agent = string();
        case "exp" -> exp = number();
        case "max_calls" -> maxCalls = number();
        case "step_up_at" -> stepUpAt = number();
        case "callees" -> callees = strings();
        case "callee_zones" -> calleeZones = strings();
        case "servers" -> servers = strings();
        case "rate_per_min" -> ratePerMin = number();
        case "max_cents" -> maxCents = number();
        case "risk_max" -> riskMax = number();
        default -> unknown(name, CAVEAT_NAMES);
      }
    }
    return Caveat.of(
        type,
        new CaveatMembers(
            tools,
            agent,
            exp,
            maxCalls,
            stepUpAt,
            callees,
            calleeZones,
            servers,
            ratePerMin,
            maxCents,
            riskMax));
  }

  /** Steps over a null, which is the same as a member that is not there. */
  private boolean absent() {
    if (in.peek() != Kind.NULL) {
      return false;
    }
    in.value();
    return true;
  }

  private String string() {
    return absent() ? "" : wellFormed(in.string());
  }

  /** A string that many tokens share. */
  private String word() {
    return absent() ? "" : wellFormed(in.word());
  }

  private long number() {
    return absent() ? 0 : in.wholeNumber();
  }

  private List<String> strings() {
    if (absent()) {
      return List.of();
    }
    List<String> strings = new ArrayList<>(4);
    in.beginArray();
    while (in.nextItem()) {
      strings.add(wellFormed(in.string()));
    }
    return strings;
  }

  private void unknown(String name, Set<String> known) {
    wellFormed(name);
    if (known.contains(fold(name))) {
      throw malformed();
    }
    JsonValue value = in.value();
    if (in.mayHoldLoneSurrogates()) {
      refuseLoneSurrogates(value);
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

  private String wellFormed(String text) {
    if (in.mayHoldLoneSurrogates() && !WellFormed.isWellFormed(text)) {
      throw malformed();
    }
    return text;
  }

  private void refuseLoneSurrogates(JsonValue value) {
    if (value instanceof JsonString s) {
      wellFormed(s.value());
    } else if (value instanceof JsonArray array) {
      array.forEach(this::refuseLoneSurrogates);
    } else if (value instanceof JsonObject object) {
      for (int i = 0; i < object.size(); i++) {
        wellFormed(object.nameAt(i));
        refuseLoneSurrogates(object.valueAt(i));
      }
    }
  }

  private static TokenException malformed() {
    return new TokenException(Code.MALFORMED_JSON, "token JSON is malformed");
  }
}
