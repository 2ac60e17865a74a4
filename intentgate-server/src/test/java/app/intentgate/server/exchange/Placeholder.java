package app.intentgate.server.exchange;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The words in angle brackets that stand for a kind of value. */
final class Placeholder {
  private static final Pattern AT_LEAST = Pattern.compile("<at-least:(\\d+)>");
  private static final Pattern WITH_TEXT =
      Pattern.compile("<(starts|contains|without|matches):(.*)>", Pattern.DOTALL);
  private static final Map<String, Predicate<JsonNode>> WORDS =
      Map.ofEntries(
          Map.entry("<any>", v -> true),
          Map.entry("<any-string>", v -> v.isTextual() && !v.asText().isEmpty()),
          Map.entry("<string>", JsonNode::isTextual),
          Map.entry(
              "<rfc3339>",
              text("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d{1,9})?(Z|[+-]\\d\\d:\\d\\d)")),
          Map.entry("<int>", JsonNode::isIntegralNumber),
          Map.entry("<number>", JsonNode::isNumber),
          Map.entry("<bool>", JsonNode::isBoolean),
          Map.entry("<jti>", text("[A-Za-z0-9_-]{22}")),
          Map.entry("<hex16>", text("[0-9a-f]{16}")),
          Map.entry("<hex64>", text("[0-9a-f]{64}")),
          Map.entry("<token>", text("[A-Za-z0-9_-]{100,}")),
          Map.entry("<hostport>", text(".+:\\d+")));

  private Placeholder() {}

  private static Predicate<JsonNode> text(String regex) {
    Predicate<String> matches = Pattern.compile(regex).asMatchPredicate();
    return v -> v.isTextual() && matches.test(v.asText());
  }

  /** What the word asks for; empty when the text is no placeholder. */
  static Optional<Predicate<JsonNode>> of(String word) {
    Predicate<JsonNode> simple = WORDS.get(word);
    if (simple != null) {
      return Optional.of(simple);
    }
    Matcher least = AT_LEAST.matcher(word);
    if (least.matches()) {
      long n = Long.parseLong(least.group(1));
      return Optional.of(v -> v.isIntegralNumber() && v.asLong() >= n);
    }
    Matcher with = WITH_TEXT.matcher(word);
    if (!with.matches()) {
      return Optional.empty();
    }
    String arg = with.group(2);
    Predicate<String> holds =
        switch (with.group(1)) {
          case "starts" -> s -> s.startsWith(arg);
          case "contains" -> s -> s.contains(arg);
          case "without" -> s -> !s.contains(arg) && !s.isEmpty();
          default -> Pattern.compile(arg).asPredicate();
        };
    return Optional.of(v -> v.isTextual() && holds.test(v.asText()));
  }
}
