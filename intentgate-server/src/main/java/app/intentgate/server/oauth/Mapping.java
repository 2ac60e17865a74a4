package app.intentgate.server.oauth;

import app.intentgate.json.JsonArray;
import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonParseException;
import app.intentgate.json.JsonReader;
import app.intentgate.json.JsonString;
import app.intentgate.json.JsonValue;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What access tokens are exchanged for: rules in order, of which the first that fits counts. */
public final class Mapping {
  private final List<MappingRule> rules;

  private Mapping(List<MappingRule> rules) {
    this.rules = rules;
  }

  /**
   * Reads the rules of a file: a JSON array of objects.
   *
   * @throws IllegalArgumentException when it is none, naming the rule and the member
   */
  public static Mapping parse(String json) {
    JsonValue document;
    try {
      document = JsonReader.parse(json);
    } catch (JsonParseException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
    if (!(document instanceof JsonArray array) || array.isEmpty()) {
      throw new IllegalArgumentException("must be a JSON array of rules, with one at least");
    }
    List<MappingRule> rules = new ArrayList<>();
    Set<String> names = new LinkedHashSet<>();
    for (JsonValue item : array) {
      String place = "rule " + (rules.size() + 1);
      if (!(item instanceof JsonObject object)) {
        throw new IllegalArgumentException(place + " is no object");
      }
      try {
        MappingRule rule = MappingReader.rule(object, place);
        if (!names.add(rule.name())) {
          throw new IllegalArgumentException("another rule has the name " + rule.name());
        }
        rules.add(rule);
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(place + ": " + e.getMessage(), e);
      }
    }
    return new Mapping(List.copyOf(rules));
  }

  /**
   * The rule for a token.
   *
   * @throws OAuthRefusal when there is none
   */
  MappingRule ruleFor(Claims claims) {
    for (MappingRule rule : rules) {
      if (rule.isFor(claims)) {
        return rule;
      }
    }
    throw OAuthRefusal.insufficient("no rule of this gate is for it");
  }

  /** The scopes that rules ask for, for clients that want to know what to ask for. */
  List<String> scopes() {
    Set<String> scopes = new LinkedHashSet<>();
    for (MappingRule rule : rules) {
      rule.when().getOrDefault("scope", List.of()).stream()
          .filter(JsonString.class::isInstance)
          .flatMap(text -> Arrays.stream(((JsonString) text).value().split(" ", -1)))
          .filter(word -> !word.isEmpty())
          .forEach(scopes::add);
    }
    return List.copyOf(scopes);
  }
}
