package app.intentgate.intent;

import app.intentgate.json.JsonArray;
import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Rules that say which words of a prompt stand for which tools, as an operator writes them in JSON:
 *
 * <pre>{@code
 * {"rules": [
 *   {"when_all": ["pay", "invoice"], "allow": ["read_invoice", "pay_invoice"]},
 *   {"when_any": ["delete", "drop"], "allow": ["delete_record"]},
 *   {"when_any": ["do not pay", "without paying"], "forbid": ["pay_invoice"]}
 * ]}
 * }</pre>
 *
 * <p>A rule applies when all of {@code when_all} and at least one of {@code when_any} (whichever it
 * has) occur in the prompt as whole words or phrases, in any letter case. Tools of all rules that
 * apply are put together; a forbidden tool stays forbidden.
 *
 * @param rules the rules in their order
 */
public record IntentRules(List<Rule> rules) {
  private static final int MAX_RULES = 10_000;

  /** Copies the list. */
  public IntentRules {
    rules = List.copyOf(rules);
  }

  /**
   * One rule.
   *
   * @param whenAll phrases that must all occur
   * @param whenAny phrases of which one must occur; empty means no such condition
   * @param allow tools it allows
   * @param forbid tools it forbids
   */
  public record Rule(
      List<String> whenAll, List<String> whenAny, List<String> allow, List<String> forbid) {
    /**
     * Copies the lists; phrases are lower-cased.
     *
     * @throws IllegalArgumentException when a phrase is blank: it would occur in every prompt
     */
    public Rule {
      whenAll = phrases("whenAll", whenAll);
      whenAny = phrases("whenAny", whenAny);
      allow = List.copyOf(allow);
      forbid = List.copyOf(forbid);
    }

    private static List<String> phrases(String name, List<String> phrases) {
      List<String> folded = phrases.stream().map(IntentRules::fold).toList();
      if (folded.contains("")) {
        throw new IllegalArgumentException(name + " holds a blank phrase");
      }
      return folded;
    }
  }

  /**
   * Reads the rules of a document.
   *
   * @throws IllegalArgumentException naming the rule and the member that is wrong
   */
  public static IntentRules of(JsonValue document) {
    if (!(document instanceof JsonObject o && o.get("rules") instanceof JsonArray list)) {
      throw new IllegalArgumentException(
          "intent rules: expected an object with a list named \"rules\"");
    }
    if (list.size() > MAX_RULES) {
      throw new IllegalArgumentException("intent rules: more than " + MAX_RULES + " rules");
    }
    List<Rule> rules = new ArrayList<>();
    for (int i = 0; i < list.size(); i++) {
      rules.add(rule(list.get(i), "intent rules: rule " + (i + 1)));
    }
    return new IntentRules(rules);
  }

  private static Rule rule(JsonValue value, String where) {
    if (!(value instanceof JsonObject rule)) {
      throw new IllegalArgumentException(where + " is not an object");
    }
    for (int i = 0; i < rule.size(); i++) {
      if (!List.of("when_all", "when_any", "allow", "forbid").contains(rule.nameAt(i))) {
        throw new IllegalArgumentException(
            where
                + " has an unknown member \""
                + rule.nameAt(i)
                + "\"; known are when_all, when_any, allow, forbid");
      }
    }
    Rule read =
        new Rule(
            texts(rule, "when_all", where),
            texts(rule, "when_any", where),
            texts(rule, "allow", where),
            texts(rule, "forbid", where));
    if (read.whenAll().isEmpty() && read.whenAny().isEmpty()) {
      throw new IllegalArgumentException(where + " has neither when_all nor when_any");
    }
    if (read.allow().isEmpty() && read.forbid().isEmpty()) {
      throw new IllegalArgumentException(where + " neither allows nor forbids a tool");
    }
    return read;
  }

  private static List<String> texts(JsonObject rule, String name, String where) {
    JsonValue value = rule.get(name);
    if (value == null) {
      return List.of();
    }
    List<String> texts = new ArrayList<>();
    if (value instanceof JsonArray array) {
      for (JsonValue item : array) {
        String text = item.asText();
        if (text != null && !text.isBlank()) {
          texts.add(text);
        }
      }
      if (texts.size() == array.size()) {
        return texts;
      }
    }
    throw new IllegalArgumentException(where + ": " + name + " is not a list of texts");
  }

  /**
   * A text in the form in which phrases are compared: lower case, single blanks between words,
   * whatever blank.
   */
  static String fold(String text) {
    return text.toLowerCase(Locale.ROOT).replaceAll("[\\s\\p{Z}]+", " ").strip();
  }
}
