package app.intentgate.rego.parse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.intentgate.rego.ast.Annotations;
import app.intentgate.rego.ast.ArrayComprehension;
import app.intentgate.rego.ast.Body;
import app.intentgate.rego.ast.CallExpr;
import app.intentgate.rego.ast.Every;
import app.intentgate.rego.ast.Expr;
import app.intentgate.rego.ast.NotBlock;
import app.intentgate.rego.ast.ObjectTerm;
import app.intentgate.rego.ast.RegoModule;
import app.intentgate.rego.ast.RegoVersion;
import app.intentgate.rego.ast.Rule;
import app.intentgate.rego.ast.SetComprehension;
import app.intentgate.rego.ast.SetTerm;
import app.intentgate.rego.ast.SomeDecl;
import app.intentgate.rego.ast.SomeIn;
import app.intentgate.rego.ast.TemplateString;
import app.intentgate.rego.ast.Term;
import app.intentgate.rego.ast.TermExpr;
import app.intentgate.rego.spi.Location;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RegoParserTest {
  private static final ParserOptions V1 = ParserOptions.ofDefaults();
  private static final ParserOptions V0 = V1.withVersion(RegoVersion.V0);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1 + 2 * 3 | plus(1, mul(2, 3))",
        "(1 + 2) * 3 | mul(plus(1, 2), 3)",
        "1 - 2 - 3 | minus(minus(1, 2), 3)",
        "a & b - c == d | equal(and(a, minus(b, c)), d)",
        "x in xs == true | internal.member_2(x, equal(xs, true))",
        "-x.y | minus(0, x.y)",
        "-5 | -5",
        "a.b[c].d | a.b[c].d",
        "a[\"b c\"][\"if\"] | a[\"b c\"][\"if\"]",
        "if.x | if.x",
        "f(x)[0].y | f(x)[0].y",
        "[1, 2,] | [1, 2]",
        "{} | {}",
        "set() | set()",
        "{2, 1, 2} | {1, 2}",
        "{\"b\": 1, \"a\": 2} | {\"a\": 2, \"b\": 1}",
        "`raw\\n` | \"raw\\\\n\"",
        "input | input",
      })
  void termsPrintAsTheyAreUnderstood(String text, String printed) {
    Expr expr = RegoParser.parseQuery(text, V1).get(0);
    assertThat(expr.toString()).isEqualTo(printed);
  }

  @Test
  void barAfterTheFirstItemIsAComprehension() {
    assertThat(RegoParser.parseTerm("[x | x := 1]", V1)).isInstanceOf(ArrayComprehension.class);
    assertThat(RegoParser.parseTerm("{x | x := 1}", V1)).isInstanceOf(SetComprehension.class);
    assertThat(RegoParser.parseTerm("{{1} | {2}, 3}", V1)).isInstanceOf(SetTerm.class);
    assertThat(RegoParser.parseTerm("{\"k\": {1} | {2}, \"l\": 3}", V1))
        .isInstanceOf(ObjectTerm.class);
  }

  @Test
  void someAndEveryAndNot() {
    Body body =
        RegoParser.parseQuery("some a, b; some k, v in xs; every x in xs { x > 1 }; not y", V1);
    assertThat(body.get(0).form()).isInstanceOf(SomeDecl.class);
    assertThat(body.get(1).form()).isInstanceOf(SomeIn.class);
    assertThat(body.get(2).form()).isInstanceOf(Every.class);
    assertThat(body.get(3).negated()).isTrue();
  }

  @Test
  void importedNotTakesItsWholeExpression() {
    RegoModule module =
        RegoParser.parseModule(
            "a.rego",
            """
            package a
            import future.keywords.not
            p if not f(input.x) with input as 1
            q if not { x := 1; x == 2 }
            """,
            V1);
    NotBlock single = (NotBlock) module.rules().get(0).body().get(0).form();
    assertThat(single.body().get(0).withs()).hasSize(1);
    NotBlock block = (NotBlock) module.rules().get(1).body().get(0).form();
    assertThat(block.body().size()).isEqualTo(2);
  }

  @Test
  void bracesAfterIfAreABody() {
    Rule rule = rule("p if { input.x }");
    assertThat(rule.body().get(0).form()).isInstanceOf(TermExpr.class);
    assertThat(rule("p if {\"a\": input.x}.a").body().toString()).isEqualTo("{\"a\": input.x}.a");
  }

  @Test
  void headsOfAllKinds() {
    assertThat(rule("p contains x if x := 1").head().isMultiValue()).isTrue();
    assertThat(rule("a.b[c].d := 1 if c := 2").head().ref().size()).isEqualTo(4);
    assertThat(rule("f(x, _) := x").head().args()).hasSize(2);
    assertThat(rule("p[\"x\"] if true").head().value()).isNotNull();
    assertThat(rule("default p := false").isDefault()).isTrue();
    assertThat(rule("default f(_) := 1").head().isFunction()).isTrue();
    assertThat(RegoParser.parseModule("a", "package a\np[x] { x = 1 }", V0).rules().get(0).head())
        .matches(h -> h.isMultiValue());
  }

  @Test
  void elseBranchesHangOnTheirRule() {
    Rule rule = rule("f(x) := 1 if x > 1\nelse := 2 if { x > 0 } else := 3");
    Rule second = rule.elseRule();
    assertThat(second).isNotNull();
    assertThat(String.valueOf(second.head().value())).isEqualTo("2");
    assertThat(second.elseRule()).isNotNull();
    assertThat(second.elseRule().generatedBody()).isTrue();
  }

  @Test
  void furtherBodiesAreFurtherRules() {
    RegoModule module = RegoParser.parseModule("a", "package a\np { false } { true }", V0);
    assertThat(module.rules()).hasSize(2);
    assertThat(module.rules().get(1).location().col()).isEqualTo(13);
  }

  @Test
  void templateStringsHoldTextsAndExpressions() {
    TemplateString t = (TemplateString) RegoParser.parseTerm("$\"a\\{b {x + 1}\\n{$`{y}`}\"", V1);
    assertThat(t.parts()).hasSize(4);
    assertThat(t.parts().get(0)).isEqualTo(new TemplateString.Text("a{b "));
    assertThat(t.parts().get(2)).isEqualTo(new TemplateString.Text("\n"));
    Expr sum = ((TemplateString.Interpolation) t.parts().get(1)).expr();
    assertThat(sum.form()).isInstanceOf(CallExpr.class);
  }

  @Test
  void columnsCountCodePoints() {
    Term term = RegoParser.parseTerm("[\"😀é\", x]", V1);
    Location x = ((app.intentgate.rego.ast.ArrayTerm) term).elements().get(1).location();
    assertThat(x.col()).isEqualTo(8);
  }

  @Test
  void metadataBelongsToWhatFollows() {
    RegoModule module =
        RegoParser.parseModule(
            "a.rego",
            """
            # METADATA
            # title: A package
            # organizations:
            # - ours
            package a

            # METADATA
            # entrypoint: true
            # authors:
            # - Ann Other <ann@example.com>
            # custom:
            #   level: 3
            p := 1
            """,
            V1);
    assertThat(module.annotations()).hasSize(2);
    assertThat(module.annotations().get(0).scope()).isEqualTo(Annotations.Scope.PACKAGE);
    Annotations rule = module.rules().get(0).annotations().get(0);
    assertThat(rule.scope()).isEqualTo(Annotations.Scope.DOCUMENT);
    assertThat(rule.fields())
        .hasToString(
            "{\"scope\":\"document\",\"entrypoint\":true,"
                + "\"authors\":[{\"name\":\"Ann Other\",\"email\":\"ann@example.com\"}],"
                + "\"custom\":{\"level\":3}}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"import future.keywords.and", "import future.keywords.or"})
  void experimentalKeywordsAreRefused(String line) {
    assertThat(errors("package a\n" + line + "\n"))
        .containsExactly("unexpected keyword, must be one of [contains every if in not]");
  }

  @Test
  void errorsCarryTheLineAndTheByteInIt() {
    assertThatThrownBy(() -> RegoParser.parseModule("a.rego", "package a\n\nx := \"é\" ]", V1))
        .isInstanceOfSatisfying(
            RegoParseException.class,
            e -> {
              assertThat(e.errors().get(0).details())
                  .hasToString("{\"line\":\"x := \\\"é\\\" ]\",\"idx\":10}");
              assertThat(e).hasMessage("a.rego:3: rego_parse_error: unexpected ] token");
            });
  }

  private static Rule rule(String text) {
    return RegoParser.parseModule("a.rego", "package a\n" + text, V1).rules().get(0);
  }

  /** What a module is refused with; nothing when it is accepted. */
  static List<String> errors(String source) {
    try {
      RegoParser.parseModule("a.rego", source, V1);
      return List.of();
    } catch (RegoParseException e) {
      return e.errors().stream().map(error -> error.message()).toList();
    }
  }
}
