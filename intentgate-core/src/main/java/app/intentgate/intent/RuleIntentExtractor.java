package app.intentgate.intent;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * An extractor that needs no server: it follows {@link IntentRules}. Deterministic, and honest
 * about what it knows: its confidence is the share of the prompt's words that the rules that
 * applied account for, and a prompt no rule applies to gives an empty intent, which permits nothing
 * (B39). Thread-safe.
 */
public final class RuleIntentExtractor implements IntentExtractor {
  private final IntentRules rules;

  /** An extractor that follows these rules. */
  public RuleIntentExtractor(IntentRules rules) {
    this.rules = rules;
  }

  @Override
  public CompletionStage<Intent> extract(ExtractionRequest request) {
    return CompletableFuture.completedFuture(intentOf(request.prompt()));
  }

  Intent intentOf(String prompt) {
    String text = IntentRules.fold(prompt);
    Set<String> allowed = new LinkedHashSet<>();
    Set<String> forbidden = new LinkedHashSet<>();
    Set<String> matched = new LinkedHashSet<>();
    for (IntentRules.Rule rule : rules.rules()) {
      List<String> any = rule.whenAny().stream().filter(p -> occurs(text, p)).toList();
      boolean applies =
          rule.whenAll().stream().allMatch(p -> occurs(text, p))
              && (rule.whenAny().isEmpty() || !any.isEmpty());
      if (applies) {
        allowed.addAll(rule.allow());
        forbidden.addAll(rule.forbid());
        matched.addAll(rule.whenAll());
        matched.addAll(any);
      }
    }
    allowed.removeAll(forbidden);
    return Intent.of(shorten(prompt.strip()), allowed, forbidden, coverage(text, matched));
  }

  /** Whether a phrase occurs with no letter or digit on either side of it. */
  private static boolean occurs(String text, String phrase) {
    for (int at = text.indexOf(phrase); at >= 0; at = text.indexOf(phrase, at + 1)) {
      int end = at + phrase.length();
      boolean startsWord = at == 0 || !Character.isLetterOrDigit(text.codePointBefore(at));
      boolean endsWord = end == text.length() || !Character.isLetterOrDigit(text.codePointAt(end));
      if (startsWord && endsWord) {
        return true;
      }
    }
    return false;
  }

  private static double coverage(String text, Set<String> matched) {
    if (matched.isEmpty()) {
      return 0;
    }
    Set<String> known = new LinkedHashSet<>();
    for (String phrase : matched) {
      known.addAll(List.of(phrase.split(" ")));
    }
    String[] words = text.split("[^\\p{L}\\p{N}]+");
    int all = 0;
    int covered = 0;
    for (String word : words) {
      if (!word.isEmpty()) {
        all++;
        covered += known.contains(word) ? 1 : 0;
      }
    }
    return all == 0 ? 0 : (double) covered / all;
  }

  /** Never within a character: half of one is nothing that could be stored. */
  private static String shorten(String prompt) {
    if (prompt.length() <= 200) {
      return prompt;
    }
    int end = Character.isHighSurrogate(prompt.charAt(198)) ? 198 : 199;
    return prompt.substring(0, end) + "…";
  }
}
