package app.intentgate.rego.compile;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

class BoundsTest {
  private static String nested(String open, String inner, String close, int depth) {
    return open.repeat(depth) + inner + close.repeat(depth);
  }

  @Test
  void deepNestingCompilesOrIsRefused() {
    for (int depth : new int[] {20, 100, 200, 400, 5000}) {
      for (String source :
          new String[] {
            "p := " + nested("[", "1", "]", depth),
            "p := " + nested("upper(", "\"x\"", ")", depth),
            "p := " + nested("[1 | ", "true", "]", depth),
            "p if " + nested("every _ in [1] { ", "true", " }", depth),
            "p := input" + nested("[input", ".x", "]", depth),
            "p := " + nested("$\"{", "1", "}\"", depth),
            "p := " + nested("{", "1", "}", depth),
            "p := " + nested("{", "1", ": 1}", depth),
            "p := " + nested("{x | x := ", "1", "}", depth),
            "p if " + nested("count([1 | ", "true", "])", depth),
          }) {
        Sources sources = Sources.rules(source);
        assertThat(sources.errors()).allMatch(e -> e.code().equals("rego_parse_error"));
        assertThat(depth > 20 || sources.errors().isEmpty()).as(source).isTrue();
      }
    }
  }

  @Test
  void aCycleAmongManyRulesIsFoundInTime() {
    StringBuilder rules = new StringBuilder();
    for (int i = 0; i < 3000; i++) {
      rules.append("p").append(i).append(" if p").append(i + 1).append('\n');
    }
    rules.append("p3000 if { q; r }\nq if q\nr if s\ns if input.x\n");
    Assertions.assertTimeout(
        Duration.ofSeconds(20),
        () ->
            assertThat(Sources.rules(rules.toString()).messages())
                .containsExactly(
                    "3004:1 rule data.test.q is recursive: data.test.q -> data.test.q"));
  }

  @Test
  void rulesCannotUseEachOtherInTooManyWays() {
    StringBuilder rules = new StringBuilder();
    for (int i = 0; i < 1050; i++) {
      rules.append("p").append(i).append(" := data.lib[input.x]\n");
      rules.append("q").append(i).append(" := data.lib[input.y]\n");
    }
    StringBuilder lib = new StringBuilder("package lib\n\n");
    for (int i = 0; i < 1050; i++) {
      lib.append("v").append(i).append(" := 1\n");
    }
    assertThat(Sources.modules("package test\n\n" + rules, lib.toString()).messages())
        .hasSize(1)
        .first()
        .asString()
        .endsWith("rules use each other in too many ways");
  }

  @Test
  void refs_that_reach_very_many_rules_count_although_one_rule_has_them_all() {
    StringBuilder lib = new StringBuilder("package lib\n\n");
    for (int i = 0; i < 1050; i++) {
      lib.append("v").append(i).append(" := 1\n");
    }
    StringBuilder same = new StringBuilder("p if {\n");
    StringBuilder different = new StringBuilder("p if {\n");
    for (int i = 0; i < 1000; i++) {
      same.append("data.lib[_]\n");
      different.append("data.lib[_].a").append(i).append('\n');
    }
    String test = "package test\n\n";
    assertThat(Sources.modules(test + same + "}", lib.toString()).messages()).isEmpty();
    assertThat(Sources.modules(test + different + "}", lib.toString()).messages())
        .hasSize(1)
        .first()
        .asString()
        .endsWith("rules use each other in too many ways");
  }

  @Test
  void longElseChainsCompile() {
    StringBuilder rule = new StringBuilder("p := 0 if input.x == 0\n");
    for (int i = 1; i < 200; i++) {
      rule.append("else := ").append(i).append(" if input.x == ").append(i).append('\n');
    }
    assertThat(Sources.rules(rule.toString()).rule(0).branches()).hasSize(200);
  }

  @Test
  void aLongBodyInTheWorstOrderCompilesInTime() {
    StringBuilder body = new StringBuilder("p if {\n");
    for (int i = 1500; i > 0; i--) {
      body.append("x").append(i).append(" = x").append(i - 1).append("\n");
    }
    body.append("x0 = input.x\n}");
    Assertions.assertTimeout(
        Duration.ofSeconds(20),
        () ->
            assertThat(Sources.rules(body.toString()).body())
                .startsWith("x0 = input.x; x1 = x0; x2 = x1;"));
  }

  @Test
  void pathsThatAreTooLongAreRefused() {
    String path = ".a".repeat(300);
    assertThat(Sources.modules("package x" + path + "\n\np := 1").messages())
        .containsExactly("1:1 package path is too long");
    assertThat(Sources.rules("p" + path + " := 1").messages())
        .containsExactly("3:1 rule path is too long");
  }
}
