package app.intentgate.rego.parse;

import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.rego.RegoRow;
import app.intentgate.rego.ast.AstVisitor;
import app.intentgate.rego.ast.Comment;
import app.intentgate.rego.ast.Expr;
import app.intentgate.rego.ast.RegoModule;
import app.intentgate.rego.ast.Rule;
import app.intentgate.rego.ast.Term;
import app.intentgate.rego.ast.Var;
import app.intentgate.rego.spi.Location;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Places in sources: rows from 1, columns in code points from 1, tabs one column wide. */
class PositionsTest {
  private static final String FACE = "\uD83D\uDE00";

  static Stream<Arguments> sourcesWithOneError() {
    return Stream.of(
        Arguments.of("package a\n\tp := ]", "2:7"),
        Arguments.of("package a\n\t\tp :=\t]", "2:8"),
        Arguments.of("package a\n\"\t\" ]", "2:5"),
        Arguments.of("package a\r\np := ]", "2:6"),
        Arguments.of("package a\r\n\r\np := 1 # c\r\nq := ]", "4:6"),
        Arguments.of("package a\rp := ]", "1:16"),
        Arguments.of("package a\n\np := `x\ny` ]", "4:4"),
        Arguments.of("package a\np := `x\r\ny` ]", "3:4"),
        Arguments.of("package a\np := \"é\" ]", "2:10"),
        Arguments.of("package a\np := \"" + FACE + FACE + "\" ]", "2:11"),
        Arguments.of("package a # " + FACE + "\np := ]", "2:6"),
        Arguments.of("package a # é ]\n# " + FACE + "\n]", "3:1"),
        Arguments.of("\uFEFFpackage a ]", "1:12"),
        Arguments.of("\uFEFFpackage a\np := ]", "2:6"),
        Arguments.of("package a\np := [\n1,\n  2\n  3]", "5:3"),
        Arguments.of("package a\np if {\n  x := 1\n  y := }", "4:8"),
        Arguments.of("\n\n\npackage a ]", "4:11"));
  }

  @ParameterizedTest
  @MethodSource("sourcesWithOneError")
  void an_error_is_where_the_wrong_token_starts(String source, String place) {
    assertThat(Parsing.errors(source).stream().map(RegoRow::text).findFirst())
        .hasValueSatisfying(text -> assertThat(text).startsWith(place + " parse: unexpected "));
  }

  @Test
  void the_end_of_a_source_is_at_its_last_character_or_on_the_row_after_the_break() {
    assertThat(texts("package a\np :=")).contains("2:4 parse: unexpected eof token");
    assertThat(texts("package a\np := ")).contains("2:5 parse: unexpected eof token");
    assertThat(texts("package a\np :=\n")).contains("3:0 parse: unexpected eof token");
    assertThat(texts("package a\np :=\n\n")).contains("4:0 parse: unexpected eof token");
    assertThat(texts("package a\np :=\n\t")).contains("3:1 parse: unexpected eof token");
    assertThat(texts("package a\np := # c")).contains("2:8 parse: unexpected eof token");
    assertThat(texts("package a\np :=\r\n")).contains("3:0 parse: unexpected eof token");
  }

  private static List<String> texts(String source) {
    return Parsing.errors(source).stream().map(RegoRow::text).toList();
  }

  @Test
  void rules_and_expressions_know_where_they_start_and_their_text() {
    RegoModule module =
        Parsing.module(
            "package a\n\n"
                + "  p[x] := y if {\n"
                + "\tx := 1 ; not y.z  # c\n"
                + "    y := [x,\n"
                + " 2]\n"
                + "} q := 3\n");
    assertThat(place(module.packageDecl().location())).isEqualTo("1:1");
    Rule p = module.rules().get(0);
    assertThat(place(p.location())).isEqualTo("3:3");
    assertThat(place(p.head().location())).isEqualTo("3:3");
    assertThat(p.location().text()).startsWith("p[x] := y if {").endsWith("2]\n}");
    List<String> places = new ArrayList<>();
    List<String> texts = new ArrayList<>();
    for (Expr e : p.body()) {
      places.add(place(e.location()));
      texts.add(e.location().text());
    }
    assertThat(places).containsExactly("4:2", "4:11", "5:5");
    assertThat(texts).containsExactly("x := 1", "not y.z", "y := [x,\n 2]");
    assertThat(place(module.rules().get(1).location())).isEqualTo("7:3");
  }

  @Test
  void else_branches_imports_and_comments_have_places_of_their_own() {
    RegoModule module =
        Parsing.module(
            "package a # one\nimport data.x\n\timport data.y as z\n#two\r\n"
                + "p if x else := 2 if {\n z }\n else := 3 #\n# four");
    assertThat(module.imports()).extracting(i -> place(i.location())).containsExactly("2:1", "3:2");
    Rule second = java.util.Objects.requireNonNull(module.rules().get(0).elseRule());
    assertThat(place(second.location())).isEqualTo("5:8");
    assertThat(place(java.util.Objects.requireNonNull(second.elseRule()).location()))
        .isEqualTo("7:2");
    assertThat(module.comments())
        .extracting(c -> place(c.location()))
        .containsExactly("1:11", "4:1", "7:12", "8:1");
    assertThat(module.comments())
        .extracting(Comment::text)
        .containsExactly(" one", "two", "", " four");
  }

  private static String place(Location at) {
    return at.row() + ":" + at.col();
  }

  static IntStream seeds() {
    return IntStream.range(0, 40);
  }

  /** Where a variable is, is counted here in the source and there by the parser. */
  @ParameterizedTest
  @MethodSource("seeds")
  void variables_are_where_they_stand(int seed) {
    Random random = new Random(seed);
    String[] gaps = {
      " ", "\n", "\t", "\r\n", " # é " + FACE + "\n", "\n\n  ", "\n`x\n" + FACE + "` + "
    };
    StringBuilder source = new StringBuilder("package a\np := [");
    Map<String, String> expected = new TreeMap<>();
    for (int i = 0; i < 12; i++) {
      source.append(gaps[random.nextInt(gaps.length)]);
      expected.put("v" + i, counted(source.toString()));
      source.append("v").append(i);
      source.append(random.nextBoolean() ? ".f[\"é" + FACE + "\"]" : "").append(",");
    }
    Map<String, String> found = new TreeMap<>();
    new AstVisitor() {
      @Override
      protected boolean enterTerm(Term term) {
        if (term instanceof Var v) {
          found.put(v.name(), place(v.location()));
        }
        return true;
      }
    }.visit(
        java.util.Objects.requireNonNull(
            Parsing.module(source + "]").rules().get(0).head().value()));
    assertThat(found).isEqualTo(expected);
  }

  private static String counted(String before) {
    int row = before.split("\n", -1).length;
    String line = before.substring(before.lastIndexOf('\n') + 1);
    return row + ":" + (line.codePointCount(0, line.length()) + 1);
  }
}
