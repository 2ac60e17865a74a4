package app.intentgate.rego.eval;

import app.intentgate.json.JsonNumber;
import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonString;
import app.intentgate.json.JsonValue;
import app.intentgate.json.RegoText;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Some rules of one name, each with branches after {@code else}, and what they give by reading them
 * from top to bottom.
 */
final class RandomChains {
  static final String CONFLICT = "conflict";
  private static final String[] FIELDS = {"a", "b", "c"};
  private static final @Nullable JsonValue[] STATES = {
    JsonValue.of(true), JsonValue.of(false), JsonString.of("x"), null
  };
  private static final JsonValue[] VALUES = {
    JsonNumber.of(0), JsonNumber.of(1), JsonValue.of(false), JsonValue.ofNull(), JsonValue.of(true)
  };

  private final Random random;
  private final List<List<Branch>> chains = new ArrayList<>();
  private final @Nullable JsonValue otherwise;

  /** What a document must have in a field. */
  private record Condition(Kind kind, String field) {
    String text(String document) {
      return kind.text.replace("#", document + "." + field);
    }

    boolean holds(JsonObject document) {
      JsonValue value = document.get(field);
      boolean truthy = SmallWorld.holds(value);
      return switch (kind) {
        case SET -> truthy;
        case UNSET -> !truthy;
        case IS_X -> JsonString.of("x").equals(value);
        case IS_NOT_X -> value != null && !JsonString.of("x").equals(value);
        case ONE_OF -> value != null && !value.equals(JsonValue.of(false));
        case THERE -> value != null;
      };
    }
  }

  private enum Kind {
    SET("#"),
    UNSET("not #"),
    IS_X("# == \"x\""),
    IS_NOT_X("# != \"x\""),
    ONE_OF("# in [\"x\", true]"),
    THERE("_ = #");

    private final String text;

    Kind(String text) {
      this.text = text;
    }
  }

  private record Branch(List<Condition> conditions, JsonValue value) {
    boolean holds(JsonObject document) {
      return conditions.stream().allMatch(c -> c.holds(document));
    }
  }

  RandomChains(Random random) {
    this.random = random;
    JsonValue usual = value();
    for (int i = 1 + random.nextInt(6); i > 0; i--) {
      List<Branch> chain = new ArrayList<>();
      for (int j = 1 + random.nextInt(3); j > 0; j--) {
        chain.add(new Branch(conditions(), random.nextInt(3) == 0 ? value() : usual));
      }
      chains.add(chain);
    }
    otherwise = random.nextBoolean() ? value() : null;
  }

  private JsonValue value() {
    return VALUES[random.nextInt(VALUES.length)];
  }

  private List<Condition> conditions() {
    List<Condition> conditions = new ArrayList<>();
    for (int i = 1 + random.nextInt(3); i > 0; i--) {
      Kind kind = Kind.values()[random.nextInt(Kind.values().length)];
      conditions.add(new Condition(kind, FIELDS[random.nextInt(FIELDS.length)]));
    }
    return conditions;
  }

  /**
   * The rules.
   *
   * @param head the name, or a call of it
   * @param fallback the head of the default
   * @param document what the conditions look at
   */
  String source(String head, String fallback, String document) {
    StringBuilder out = new StringBuilder();
    if (otherwise != null) {
      out.append("default ").append(fallback).append(" := ").append(RegoText.of(otherwise));
    }
    for (List<Branch> chain : chains) {
      out.append("\n\n").append(head);
      String separator = "";
      for (Branch branch : chain) {
        String body =
            branch.conditions.stream().map(c -> c.text(document)).collect(Collectors.joining("; "));
        out.append(separator).append(" := ").append(RegoText.of(branch.value));
        out.append(" if { ").append(body).append(" }");
        separator = " else";
      }
    }
    return out.append("\n").toString();
  }

  /** What the rules give: a term, {@link #CONFLICT}, or null for nothing. */
  @Nullable String answer(JsonObject document) {
    Set<String> given = new TreeSet<>();
    for (List<Branch> chain : chains) {
      chain.stream()
          .filter(branch -> branch.holds(document))
          .findFirst()
          .ifPresent(branch -> given.add(RegoText.of(branch.value)));
    }
    if (given.isEmpty()) {
      return otherwise == null ? null : RegoText.of(otherwise);
    }
    return given.size() > 1 ? CONFLICT : given.iterator().next();
  }

  /** Every document there is: each field in each of its states, or missing. */
  static List<JsonObject> documents() {
    List<JsonObject> all = new ArrayList<>();
    all.add(JsonObject.EMPTY);
    for (String field : FIELDS) {
      List<JsonObject> more = new ArrayList<>();
      for (JsonObject document : all) {
        for (JsonValue state : STATES) {
          more.add(state == null ? document : document.toBuilder().put(field, state).build());
        }
      }
      all = more;
    }
    return all;
  }
}
