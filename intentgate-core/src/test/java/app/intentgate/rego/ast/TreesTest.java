package app.intentgate.rego.ast;

import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.rego.parse.ParserOptions;
import app.intentgate.rego.parse.RegoParser;
import app.intentgate.rego.spi.Location;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Terms and refs as values: equal by content, ordered, walked and rewritten. */
class TreesTest {
  private static Term term(String text) {
    Term list = RegoParser.parseTerm("[" + text + "]", ParserOptions.ofDefaults());
    return ((ArrayTerm) list).elements().get(0);
  }

  private static Ref ref(String text) {
    return ((RefTerm) term(text)).ref();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "1; 1.0; true",
        "1; 2; false",
        "\"a\"; `a`; true",
        "[1, 2]; [1,  2]; true",
        "[1, 2]; [2, 1]; false",
        "{1, 2}; {2, 1, 2}; true",
        "{1}; [1]; false",
        "{\"a\": 1, \"b\": 2}; {\"b\": 2, \"a\": 1}; true",
        "{\"a\": 1, \"a\": 2}; {\"a\": 2}; true",
        "{\"a\": 1}; {\"a\": 2}; false",
        "{}; set(); false",
        "x.y; x[\"y\"]; true",
        "x.y; x[y]; false",
        "x; y; false",
        "f(x); f(x); true",
        "1 + 2; plus(1, 2); true",
        "[x | x = 1]; [x | x  =  1]; true",
        "[x | x = 1]; {x | x = 1}; false",
        "[x | x = 1]; [x | x := 1]; false",
        "$\"{x}\"; $\"{ x }\"; true",
        "$\"a\"; \"a\"; false",
      })
  void places_do_not_count_when_terms_are_compared(String a, String b, boolean equal) {
    assertThat(term(a).equals(term(b))).isEqualTo(equal);
    assertThat(TermOrder.INSTANCE.compare(term(a), term(b)) == 0).isEqualTo(equal);
    if (equal) {
      assertThat(term(a)).hasSameHashCodeAs(term(b));
    }
  }

  @Test
  void terms_have_an_order_by_kind_and_then_by_content() {
    List<String> ordered =
        List.of(
            "null",
            "false",
            "true",
            "-1",
            "2",
            "10",
            "\"a\"",
            "\"b\"",
            "x",
            "y",
            "x.a",
            "x.b",
            "[]",
            "[1]",
            "[1, 2]",
            "[2]",
            "{}",
            "{\"a\": 1}",
            "{\"b\": 0}",
            "set()",
            "{1}",
            "{1, 2}",
            "[x | x = 1]",
            "{x: 1 | x = 1}",
            "{x | x = 1}",
            "f(1)",
            "f(2)",
            "g(1)",
            "$\"{x}\"");
    List<Term> terms = new ArrayList<>(ordered.stream().map(TreesTest::term).toList());
    for (int seed = 0; seed < 20; seed++) {
      Collections.shuffle(terms, new Random(seed));
      terms.sort(TermOrder.INSTANCE);
      assertThat(terms.stream().map(Object::toString)).containsExactlyElementsOf(ordered);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "1; true", "\"a\"; true", "[1, {\"a\": {2}}]; true", "x; false", "[x]; false",
        "{\"a\": x}; false", "{x: 1}; false", "{x}; false", "input; false", "f(1); false",
        "[1 | true]; false", "$\"a\"; false",
      })
  void a_term_without_anything_to_evaluate_is_ground(String text, boolean ground) {
    assertThat(term(text).isGround()).isEqualTo(ground);
  }

  @Test
  void refs_have_prefixes_of_several_kinds() {
    Ref ref = ref("data.a[1].b[x].c");
    assertThat(ref.groundPrefix()).hasToString("data.a[1].b");
    assertThat(ref.stringPrefix()).hasToString("data.a");
    assertThat(ref.prefix(2)).hasToString("data.a");
    assertThat(ref.isGround()).isFalse();
    assertThat(ref.startsWith(ref("data.a[1]"))).isTrue();
    assertThat(ref.startsWith(ref("data.a[2]"))).isFalse();
    assertThat(ref.startsWith(ref.append(term("1")))).isFalse();
    assertThat(ref.append(List.of(term("y"), term("\"z\"")))).hasToString("data.a[1].b[x].c[y].z");
    assertThat(ref.last()).hasToString("\"c\"");
    assertThat(ref.tail()).hasSize(5);
    assertThat(ref.headName()).isEqualTo("data");
    assertThat(ref("[1][0]").headName()).isEmpty();
    assertThat(ref("input.a.b").isStringPath("input", "a", "b")).isTrue();
    assertThat(ref("input.a.b").isStringPath("input", "a")).isFalse();
    assertThat(ref("input.a.b").startsWithStringPath("input", "a")).isTrue();
    assertThat(ref("input.a[b]").startsWithStringPath("input", "a", "b")).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "io.jwt.decode; io.jwt.decode",
        "a[\"b c\"].d; a.b c.d",
        "a[1].b; a[1].b",
        "a[x]; a[x]",
      })
  void the_name_of_a_function_is_dotted(String text, String name) {
    assertThat(ref(text).dotted()).isEqualTo(name);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "a; true",
        "_a1; true",
        "A; true",
        "''; false",
        "1a; false",
        "a b; false",
        "a-b; false",
        "é; false",
        "if; false",
        "not; false",
        "ifx; true",
        "null; false",
        "data; true",
      })
  void what_is_no_plain_name_stands_in_brackets(String text, boolean plain) {
    assertThat(AstPrinter.isDotName(text)).isEqualTo(plain);
  }

  private static final String ALL_OF_IT =
      """
      package a
      import data.b as c
      default d := {"k": [1, {2}]}
      p[x].q := f(x, [y, _]) if { some x in c; y := x + 1 }
      o := w if { some w in c } else := $"a{z}b" if not input.z[z]
      s contains {k: v | some k, v in input} if every e in s2 { e.f[_] == 1 with input.g as data.h }
      f(a, {"n": b}) := [a | {1 | b}]
      """;

  @Test
  void a_rewrite_that_changes_nothing_gives_the_same_tree() {
    RegoModule module = RegoParser.parseModule("m", ALL_OF_IT, ParserOptions.ofDefaults());
    assertThat(new AstTransformer() {}.module(module)).isSameAs(module);
  }

  @Test
  void a_rewrite_reaches_every_variable_and_leaves_the_old_tree_alone() {
    RegoModule module = RegoParser.parseModule("m", ALL_OF_IT, ParserOptions.ofDefaults());
    RegoModule renamed =
        new AstTransformer() {
          @Override
          public Term term(Term term) {
            return term instanceof Var v && v.name().length() == 1
                ? new Var("r" + v.name(), v.location())
                : super.term(term);
          }
        }.module(module);
    List<String> left = names(renamed);
    assertThat(left).allMatch(name -> name.length() > 1);
    assertThat(names(module)).hasSameSizeAs(left).contains("x", "y", "k", "v", "e", "a", "b");
  }

  private static List<String> names(RegoModule module) {
    List<String> names = new ArrayList<>();
    new AstVisitor() {
      @Override
      protected boolean enterTerm(Term term) {
        if (term instanceof Var v && !v.isWildcard()) {
          names.add(v.name());
        }
        return true;
      }
    }.visit(module);
    return names;
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "1", "[x, 1]", "{x}", "{\"a\": x}", "x.y", "f(x)", "[x | x = 1]"})
  void a_term_moves_to_another_place_as_it_is(String text) {
    Location there = Location.of("other", 7, 8);
    assertThat(term(text).at(there)).isEqualTo(term(text));
    assertThat(term(text).at(there).location()).isSameAs(there);
  }
}
