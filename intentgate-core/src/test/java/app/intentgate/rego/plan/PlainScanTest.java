package app.intentgate.rego.plan;

import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.rego.Asked;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * Rules that an index can choose from answer what the same rules answer when no index can: each
 * condition is written once as a comparison and once as a call of a function that compares.
 */
class PlainScanTest {
  private static final String[] VALUES = {
    "1",
    "1.0",
    "10e-1",
    "0.0",
    "0",
    "\"a\"",
    "\"1\"",
    "null",
    "true",
    "false",
    "[]",
    "[1]",
    "[1.0, \"a\"]",
    "{}",
    "{\"k\": 1}",
    "{\"k\": [1.0]}",
    "12345678901234567890"
  };
  private static final String[] INPUTS = {
    "1",
    "1.0",
    "0",
    "'a'",
    "'1'",
    "null",
    "true",
    "false",
    "[]",
    "[1]",
    "[1, 'a']",
    "{}",
    "{'k': 1.0}",
    "{'k': [1]}",
    "12345678901234567890.0",
    "'other'"
  };
  private static final String[] FIELDS = {"x", "y", "z.deep"};
  private static final String SCANS =
      """

      same(a, b) if a == b

      among(a, b) if a in b

      holds(a, b) if b in a
      """;

  /** A policy in both forms, and inputs that fit it. */
  private static final class Twins {
    private final Random random;
    private final StringBuilder indexed = new StringBuilder();
    private final StringBuilder scanned = new StringBuilder();

    Twins(long seed) {
      random = new Random(seed);
      policy();
    }

    private String pick(String[] from) {
      return from[random.nextInt(from.length)];
    }

    private void rule(String head) {
      List<String> one = new ArrayList<>();
      List<String> other = new ArrayList<>();
      for (int n = 1 + random.nextInt(3); n > 0; n--) {
        String field = "input." + pick(FIELDS);
        String value = pick(VALUES);
        String second = pick(VALUES);
        String values =
            random.nextInt(3) == 0
                ? "{\"p\": " + value + ", \"q\": " + second + "}"
                : "[" + value + ", " + second + "]";
        switch (random.nextInt(6)) {
          case 0 -> {
            one.add(value + " == " + field);
            other.add("same(" + value + ", " + field + ")");
          }
          case 1 -> {
            one.add(field + " in " + values);
            other.add("among(" + field + ", " + values + ")");
          }
          case 2 -> {
            one.add(value + " in " + field);
            other.add("holds(" + field + ", " + value + ")");
          }
          case 3 -> {
            one.add("v" + n + " := " + field + "; v" + n + " == " + value);
            other.add("v" + n + " := " + field + "; same(v" + n + ", " + value + ")");
          }
          default -> {
            one.add(field + " == " + value);
            other.add("same(" + field + ", " + value + ")");
          }
        }
      }
      indexed.append(head).append(" if {\n  ").append(String.join("\n  ", one)).append("\n}\n\n");
      scanned.append(head).append(" if {\n  ").append(String.join("\n  ", other)).append("\n}\n\n");
    }

    private void policy() {
      for (int i = 0; i < 8; i++) {
        rule("tags contains " + i);
      }
      for (int i = 0; i < 4; i++) {
        rule("level := " + i % 2);
        rule("scores[\"k" + i % 2 + "\"] := " + random.nextInt(2));
        rule("nested[\"k" + i % 2 + "\"].by contains " + i);
        rule("choice := " + i);
      }
      rule("else_chain := \"first\"");
      indexed.append("else := \"last\"\n");
      scanned.append("else := \"last\"\n");
    }

    private String input() {
      StringBuilder input = new StringBuilder("{");
      for (String field : new String[] {"x", "y"}) {
        if (random.nextInt(8) > 0) {
          input.append('\'').append(field).append("': ").append(pick(INPUTS)).append(", ");
        }
      }
      return input + "'z': {'deep': " + pick(INPUTS) + "}}";
    }
  }

  @Test
  void an_index_chooses_no_secondrules_than_a_scan_does() {
    TreeSet<String> answers = new TreeSet<>();
    for (int seed = 0; seed < 60; seed++) {
      Twins made = new Twins(seed);
      Asked one = Asked.of(made.indexed.toString());
      Asked other = Asked.of(made.scanned + SCANS);
      for (int i = 0; i < 25; i++) {
        String input = made.input();
        for (String rule : List.of("tags", "level", "scores", "nested", "choice", "else_chain")) {
          String answer = one.input(input).rule(rule);
          assertThat(answer)
              .as("%s of seed %d with %s:%n%s", rule, seed, input, made.indexed)
              .isEqualTo(other.input(input).rule(rule));
          answers.add(answer);
        }
      }
    }
    assertThat(answers)
        .contains(
            "conflict: complete rules must not produce multiple outputs", "undefined", "0", "1")
        .hasSizeGreaterThan(40);
  }
}
