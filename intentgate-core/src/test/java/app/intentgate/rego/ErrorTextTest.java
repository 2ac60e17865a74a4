package app.intentgate.rego;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import app.intentgate.json.JsonObject;
import app.intentgate.rego.spi.RegoError;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What errors say below their message: the source line, or the types that do not fit. */
class ErrorTextTest {
  private static RegoError error(String source) {
    RegoCompileException e =
        catchThrowableOfType(
            RegoCompileException.class,
            () -> RegoPolicy.builder().module("m.rego", "package m\n\n" + source).compile());
    return e.errors().get(0);
  }

  private static String text(String source) {
    return error(source).text();
  }

  private static JsonObject details(String source) {
    return Objects.requireNonNull(error(source).details());
  }

  @Test
  void a_parse_error_shows_the_line_and_the_place_in_it() {
    assertThat(text("p if {\n\t\tx := }\n}\n"))
        .isEqualTo("m.rego:4: rego_parse_error: unexpected } token\n\tx := }\n\t     ^");
  }

  @Test
  void sides_that_cannot_be_equal_show_their_types() {
    String source = "p if [1, \"a\"] == {\"k\": input.x}\n";
    assertThat(text(source))
        .isEqualTo(
            "m.rego:3: rego_type_error: match error\n"
                + "\tleft  : array<number, string>\n"
                + "\tright : object<k: any>");
    assertThat(details("p if {\n  x := 1\n  x == \"s\"\n}\n").toString())
        .isEqualTo("{\"a\":{\"type\":\"number\"},\"b\":{\"type\":\"string\"}}");
  }

  @Test
  void arguments_that_do_not_fit_show_what_was_given_and_wanted() {
    assertThat(text("p := lower(7)\n"))
        .isEqualTo(
            "m.rego:3: rego_type_error: lower: invalid argument(s)\n"
                + "\thave: (number, ???)\n"
                + "\twant: (string, string)");
    assertThat(details("p := count(true)\n").get("have").toString())
        .isEqualTo("[{\"type\":\"boolean\"},null]");
  }

  @Test
  void a_ref_that_leads_nowhere_shows_where_it_ends() {
    assertThat(text("o := {\"a\": 1, \"b\": 2}\n\np := o.c\n"))
        .isEqualTo(
            "m.rego:5: rego_type_error: undefined ref: data.m.o.c\n"
                + "\tdata.m.o.c\n"
                + "\t         ^\n"
                + "\t         have: \"c\"\n"
                + "\t         want (one of): [\"a\" \"b\"]");
    assertThat(text("n := 1\n\np := n.x\n"))
        .isEqualTo(
            "m.rego:5: rego_type_error: undefined ref: data.m.n.x\n"
                + "\tdata.m.n.x\n"
                + "\t^^^^^^^^\n"
                + "\thave: number");
    assertThat(text("s := {1, 2}\n\np if s[\"x\"]\n")).endsWith("want (type): number");
  }

  private static int errors(int wrong, int limit) {
    StringBuilder source = new StringBuilder("package m\n");
    for (int i = 0; i < wrong; i++) {
      source.append("\nr").append(i).append(" := unknown").append(i).append("(1)\n");
    }
    RegoCompileException e =
        catchThrowableOfType(
            RegoCompileException.class,
            () ->
                RegoPolicy.builder()
                    .module("m.rego", source.toString())
                    .maxErrors(limit)
                    .compile());
    RegoError last = e.errors().get(e.errors().size() - 1);
    boolean limited = last.message().equals("error limit reached");
    return limited ? -(e.errors().size() - 1) : e.errors().size();
  }

  @Test
  void the_compiler_gives_up_with_the_last_error_that_it_may_report() {
    assertThat(errors(9, 10)).isEqualTo(9);
    assertThat(errors(10, 10)).isEqualTo(-10);
    assertThat(errors(40, 10)).isEqualTo(-10);
    assertThat(errors(4, 3)).isEqualTo(-3);
    assertThat(errors(40, 0)).isEqualTo(40);
  }
}
