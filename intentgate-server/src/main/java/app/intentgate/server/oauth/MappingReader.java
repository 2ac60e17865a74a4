package app.intentgate.server.oauth;

import app.intentgate.json.JsonArray;
import app.intentgate.json.JsonNumber;
import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonString;
import app.intentgate.json.JsonValue;
import app.intentgate.server.oauth.MappingRule.RuleLimit;
import app.intentgate.token.ToolPattern;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads a rule strictly: a member that is misspelt must not widen what is given. */
final class MappingReader {
  private static final Set<String> MEMBERS =
      Stream.concat(
              Stream.of(
                  "name", "when", "subject", "tenant", "zone", "tools", "deny_tools", "servers"),
              Arrays.stream(RuleLimit.values()).map(RuleLimit::member))
          .collect(Collectors.toUnmodifiableSet());

  private MappingReader() {}

  /**
   * A rule.
   *
   * @param place its name where it has none
   * @throws IllegalArgumentException naming the member that is wrong
   */
  static MappingRule rule(JsonObject object, String place) {
    for (int i = 0; i < object.size(); i++) {
      if (!MEMBERS.contains(object.nameAt(i))) {
        throw new IllegalArgumentException("\"" + object.nameAt(i) + "\" is no member of a rule");
      }
    }
    Template name = text(object, "name");
    Template subject = text(object, "subject");
    if (subject == null) {
      throw new IllegalArgumentException("\"subject\" is missing: the agent's id");
    }
    List<Template> tools = list(object, "tools");
    List<Template> servers = list(object, "servers");
    List<Template> denied = list(object, "deny_tools");
    if (tools == null && servers == null) {
      throw new IllegalArgumentException(
          "neither \"tools\" nor \"servers\" says what is given; [\"*\"] is everything");
    }
    patterns("tools", tools);
    patterns("deny_tools", denied);
    return new MappingRule(
        name == null ? place : name.text(),
        when(object.get("when")),
        subject,
        text(object, "tenant"),
        text(object, "zone"),
        tools,
        denied == null ? List.of() : denied,
        servers,
        limits(object));
  }

  private static Map<String, List<JsonValue>> when(@Nullable JsonValue value) {
    if (!(value instanceof JsonObject claims)) {
      throw new IllegalArgumentException(
          "\"when\" must be an object of claims; an empty one fits every token");
    }
    Map<String, List<JsonValue>> out = new LinkedHashMap<>();
    for (int i = 0; i < claims.size(); i++) {
      List<JsonValue> wanted = new ArrayList<>();
      if (claims.valueAt(i) instanceof JsonArray all) {
        all.forEach(wanted::add);
      } else {
        wanted.add(claims.valueAt(i));
      }
      if (wanted.isEmpty()) {
        throw new IllegalArgumentException(
            "\"when\" wants nothing of the claim \"" + claims.nameAt(i) + "\"");
      }
      out.put(claims.nameAt(i), words(claims.nameAt(i), wanted));
    }
    return out;
  }

  /** Scopes that are written as one text are words, each of which is wanted. */
  private static List<JsonValue> words(String claim, List<JsonValue> wanted) {
    if (!claim.equals("scope") && !claim.equals("scp")) {
      return List.copyOf(wanted);
    }
    List<JsonValue> out = new ArrayList<>();
    for (JsonValue value : wanted) {
      if (!(value instanceof JsonString text) || text.value().isBlank()) {
        throw new IllegalArgumentException("\"when\" wants a " + claim + " that is no text");
      }
      Arrays.stream(text.value().strip().split(" +", -1)).map(JsonString::of).forEach(out::add);
    }
    return List.copyOf(out);
  }

  private static @Nullable Template text(JsonObject object, String member) {
    JsonValue value = object.get(member);
    if (value == null) {
      return null;
    }
    if (value instanceof JsonString text) {
      return template(member, text.value());
    }
    throw new IllegalArgumentException("\"" + member + "\" is no text");
  }

  private static @Nullable List<Template> list(JsonObject object, String member) {
    JsonValue value = object.get(member);
    if (value == null) {
      return null;
    }
    if (!(value instanceof JsonArray array)) {
      throw new IllegalArgumentException("\"" + member + "\" is no array of texts");
    }
    List<Template> out = new ArrayList<>();
    for (JsonValue item : array) {
      if (!(item instanceof JsonString text)) {
        throw new IllegalArgumentException("\"" + member + "\" is no array of texts");
      }
      out.add(template(member, text.value()));
    }
    return List.copyOf(out);
  }

  private static Template template(String member, String text) {
    try {
      return Template.of(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("\"" + member + "\": " + e.getMessage(), e);
    }
  }

  private static void patterns(String member, @Nullable List<Template> templates) {
    for (Template template : templates == null ? List.<Template>of() : templates) {
      if (!template.text().contains("${") && ToolPattern.of(template.text()).isMalformed()) {
        throw new IllegalArgumentException(
            "\"" + member + "\": \"" + template.text() + "\" is no tool pattern");
      }
    }
  }

  private static Map<RuleLimit, Template> limits(JsonObject object) {
    Map<RuleLimit, Template> out = new EnumMap<>(RuleLimit.class);
    for (RuleLimit limit : RuleLimit.values()) {
      JsonValue value = object.get(limit.member());
      if (value instanceof JsonNumber number && number.fitsLong() && number.longValue() >= 0) {
        out.put(limit, new Template(Long.toString(number.longValue())));
      } else if (value instanceof JsonString text && text.value().startsWith("${")) {
        out.put(limit, template(limit.member(), text.value()));
      } else if (value != null) {
        throw new IllegalArgumentException(
            "\"" + limit.member() + "\" must be a whole number >= 0, or a ${claim}");
      }
    }
    return out;
  }
}
