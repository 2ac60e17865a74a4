package app.intentgate.server.oauth;

import app.intentgate.json.JsonArray;
import app.intentgate.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A text of a rule in which {@code ${claim}} stands for what the token says. Immutable.
 *
 * @param text the text
 */
record Template(String text) {
  private static final Pattern CLAIM = Pattern.compile("\\$\\{([^{}]+)}");

  /** What is a sign in a tool pattern, and must not come from a token that fills a part of one. */
  private static final Pattern SIGNS = Pattern.compile("[*?\\[\\]\\\\]");

  /**
   * A text of a rule.
   *
   * @throws IllegalArgumentException when it is empty or has a placeholder that does not end
   */
  static Template of(String text) {
    if (text.isBlank() || CLAIM.matcher(text).replaceAll("").contains("${")) {
      throw new IllegalArgumentException("\"" + text + "\" is empty, or has a ${ without its }");
    }
    return new Template(text);
  }

  /**
   * The text for a token.
   *
   * @throws OAuthRefusal when the token lacks a claim, or it cannot be part of a name
   */
  String fill(Claims claims) {
    return fill(claims, false);
  }

  /**
   * The texts for a token, each a tool pattern: a placeholder that is all of the text stands for a
   * text as it is, or for all texts of a list, and may bring patterns of its own; one that is a
   * part may not.
   */
  List<String> patterns(Claims claims) {
    String claim = onlyClaim();
    if (claim == null) {
      return List.of(fill(claims, true));
    }
    JsonValue value = claims.get(claim);
    List<String> out = new ArrayList<>();
    if (value instanceof JsonArray list) {
      for (JsonValue item : list) {
        out.add(usable(Claims.asText(item), claim));
      }
      return out;
    }
    out.add(usable(Claims.asText(value), claim));
    return out;
  }

  private @Nullable String onlyClaim() {
    Matcher matcher = CLAIM.matcher(text);
    return matcher.matches() ? matcher.group(1) : null;
  }

  private String fill(Claims claims, boolean inPattern) {
    Matcher matcher = CLAIM.matcher(text);
    StringBuilder out = new StringBuilder();
    while (matcher.find()) {
      String claim = matcher.group(1);
      String value = usable(claims.asText(claim), claim);
      if (inPattern && SIGNS.matcher(value).find()) {
        throw OAuthRefusal.insufficient("its claim " + claim + " cannot be part of a tool's name");
      }
      matcher.appendReplacement(out, Matcher.quoteReplacement(value));
    }
    return matcher.appendTail(out).toString();
  }

  private static String usable(@Nullable String value, String claim) {
    if (value == null) {
      throw OAuthRefusal.insufficient("its claim " + claim + " is missing or no name");
    }
    return value;
  }
}
