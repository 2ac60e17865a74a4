package app.intentgate.rego.parse;

import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.rego.ast.Body;
import app.intentgate.rego.ast.RegoModule;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What stands between the words of a source changes nothing, and printing loses nothing. */
class LayoutPropertiesTest {
  static IntStream seeds() {
    return IntStream.range(0, 250);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void blanks_line_breaks_and_comments_change_nothing(int seed) {
    RandomRego random = new RandomRego(seed);
    List<String> words = random.module();
    RegoModule plain = Parsing.module(RandomRego.plain(words));
    for (int i = 0; i < 3; i++) {
      String source = random.laidOut(words);
      RegoModule laidOut = Parsing.module(source);
      assertThat(laidOut.packageDecl().path()).isEqualTo(plain.packageDecl().path());
      assertThat(laidOut.imports()).isEqualTo(plain.imports());
      assertThat(laidOut.rules()).as(source).isEqualTo(plain.rules());
      assertThat(laidOut.comments()).as(source).hasSize(random.comments());
    }
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void what_is_printed_is_read_as_the_same(int seed) {
    Body body = RegoParser.parseQuery(RandomRego.plain(new RandomRego(seed).body(4)), Parsing.V1);
    String printed = body.toString();
    Body again = RegoParser.parseQuery(printed, Parsing.V1);
    assertThat(again.toString()).isEqualTo(printed);
    assertThat(again.exprs()).as(printed).isEqualTo(body.exprs());
  }

  /** A cut-off source is refused, or is a shorter one; nothing else comes of it. */
  @ParameterizedTest
  @MethodSource("seeds")
  void a_source_that_is_cut_off_is_read_or_refused_with_places(int seed) {
    String source = new RandomRego(seed).laidOut(new RandomRego(seed).module());
    int rows = source.split("\n", -1).length + 1;
    for (int end = source.length() - 1; end > 0; end -= 7) {
      assertThat(Parsing.errors(source.substring(0, end)))
          .allSatisfy(
              e -> {
                assertThat(e.code()).isEqualTo("rego_parse_error");
                assertThat(e.location().row()).isBetween(0, rows);
              });
    }
  }
}
