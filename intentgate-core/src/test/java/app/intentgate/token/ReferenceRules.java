package app.intentgate.token;

import app.intentgate.json.JsonArray;
import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonOutput;
import app.intentgate.json.JsonParseException;
import app.intentgate.json.JsonReader;
import app.intentgate.json.JsonValue;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Where this gate answers otherwise than the recorded reference: decided by the rules of B6, B7 and
 * B10, written here a second time and with other means than in the code under test.
 */
final class ReferenceRules {
  private static final Pattern ONE_SPELLING =
      Pattern.compile(
          "([A-Za-z0-9_-]{4})*([A-Za-z0-9_-][AQgw]|[A-Za-z0-9_-]{2}[AEIMQUYcgkosw048])?");
  private static final Pattern LONE_SURROGATE =
      Pattern.compile(
          "(?i)\\\\ud[89ab][0-9a-f]{2}(?!\\\\ud[c-f])"
              + "|(?<!\\\\ud[89ab][0-9a-f]{2})\\\\ud[c-f][0-9a-f]{2}");
  private static final Pattern WELL_FORMED_GLOB =
      Pattern.compile(
          "([^\\\\\\[]|\\\\.|\\[\\^?(([^\\\\\\]-]|\\\\.)(-([^\\\\\\]-]|\\\\.))?)+])*",
          Pattern.DOTALL);
  private static final Set<String> TOKEN_NAMES =
      Set.of("v jti root_jti iss tenant zone sub iat nbf cav sig".split(" "));
  private static final Set<String> CAVEAT_NAMES =
      Set.of(
          ("t tools agent exp max_calls step_up_at callees callee_zones servers rate_per_min"
                  + " max_cents risk_max")
              .split(" "));

  private ReferenceRules() {}

  /** B6: what this gate says of a token that the reference would read, or null when it reads it. */
  static String strictDecodeError(String token) {
    if (!ONE_SPELLING.matcher(token).matches()) {
      return "token is not valid base64url";
    }
    byte[] json = Base64.getUrlDecoder().decode(token);
    // A backslash that is escaped itself escapes nothing.
    String escapes = new String(json, StandardCharsets.ISO_8859_1).replace("\\\\", "  ");
    if (LONE_SURROGATE.matcher(escapes).find()) {
      return "token JSON is malformed";
    }
    try {
      JsonValue value = JsonReader.parse(json);
      if (value instanceof JsonObject o
          && o.get("cav") instanceof JsonArray caveats
          && caveats.size() > CapabilityToken.MAX_CAVEATS) { // our own bound
        return "token has more than " + CapabilityToken.MAX_CAVEATS + " caveats";
      }
      return hasCaseVariant(value) ? "token JSON is malformed" : null;
    } catch (JsonParseException e) {
      return "token JSON is malformed";
    }
  }

  /** Whether a name of a token, or of one of its caveats, is there in other letters. */
  private static boolean hasCaseVariant(JsonValue token) {
    if (!(token instanceof JsonObject object)) {
      return false;
    }
    boolean found = hasCaseVariant(object, TOKEN_NAMES);
    if (object.get("cav") instanceof JsonArray caveats) {
      for (JsonValue caveat : caveats) {
        found |= caveat instanceof JsonObject o && hasCaseVariant(o, CAVEAT_NAMES);
      }
    }
    return found;
  }

  private static boolean hasCaseVariant(JsonObject object, Set<String> names) {
    for (int i = 0; i < object.size(); i++) {
      String name = object.nameAt(i);
      String folded = name.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
      if (!names.contains(name) && names.contains(folded)) {
        return true;
      }
    }
    return false;
  }

  /** B6: what this gate says of a signature's text, or null when that is spelled as it must be. */
  static String strictSignatureError(String signature) {
    return ONE_SPELLING.matcher(signature).matches() ? null : "signature is not valid base64url";
  }

  /** B10: whether a text with pattern characters is no pattern. */
  static boolean isMalformedPattern(String pattern) {
    return pattern.chars().anyMatch(c -> "*?[".indexOf(c) >= 0)
        && !WELL_FORMED_GLOB.matcher(pattern).matches();
  }

  /** B7: whether a public SDK signed the last caveats of a token in one of its own forms. */
  static boolean signedBySdk(byte[] masterKey, CapabilityToken token) throws Exception {
    byte[] signature = Base64.getUrlDecoder().decode(token.signature());
    List<byte[]> canonical = new ArrayList<>();
    canonical.add(hmac(masterKey, token.payload()));
    for (Caveat caveat : token.caveats()) {
      canonical.add(hmac(canonical.get(canonical.size() - 1), caveatText(caveat, false, false)));
    }
    for (boolean python : new boolean[] {false, true}) {
      for (int split = 0; split < token.caveats().size(); split++) {
        byte[] key = canonical.get(split);
        for (Caveat caveat : token.caveats().subList(split, token.caveats().size())) {
          key = hmac(key, caveatText(caveat, true, python));
        }
        if (Arrays.equals(key, signature)) {
          return true;
        }
      }
    }
    return false;
  }

  private static byte[] hmac(byte[] key, byte[] message) throws Exception {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(key, "HmacSHA256"));
    return mac.doFinal(message);
  }

  /** The signed text of a caveat that holds only strings and lists of them, as SDKs make them. */
  private static byte[] caveatText(Caveat caveat, boolean sdk, boolean python) {
    JsonOutput out = JsonOutput.htmlSafe();
    caveat.members().write(caveat.type(), out);
    String text = out.toText();
    if (sdk) {
      text =
          text.replace("\\u003c", "<")
              .replace("\\u003e", ">")
              .replace("\\u0026", "&")
              .replace("\\u2028", "\u2028")
              .replace("\\u2029", "\u2029");
    }
    if (!python) {
      return text.getBytes(StandardCharsets.UTF_8);
    }
    StringBuilder ascii = new StringBuilder();
    for (char c : text.toCharArray()) {
      ascii.append(c > '~' ? String.format("\\u%04x", (int) c) : String.valueOf(c));
    }
    return ascii.toString().getBytes(StandardCharsets.US_ASCII);
  }
}
