package app.intentgate.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.policy.BuiltInPolicies;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The commands of policies with words that do not fit, and files that are not what they seem. */
class PolicyWrongUseTest {
  @TempDir Path folder;
  private Path policy;

  @BeforeEach
  void policy() throws IOException {
    policy =
        Files.writeString(
            folder.resolve("p.rego"),
            "package p\n\nx := 1\n\ntest_x if x == 1\n\ntodo_test_y if true\n");
  }

  private CommandRun run(String words, Object... more) {
    List<Object> all = new ArrayList<>(List.of("policy"));
    all.addAll(List.of(words.split(" ")));
    all.addAll(List.of(more));
    return CommandRun.of(all.toArray());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "bench --time 0s 1+1",
        "bench --time 2d 1+1",
        "eval --timeout 0ms 1+1",
        "eval --timeout 999999999d 1+1",
        "test --timeout 0s p.rego"
      })
  void a_time_that_nothing_can_take_is_refused_in_words(String words) {
    CommandRun ran = run(words);
    assertThat(ran.code()).isEqualTo(2);
    assertThat(ran.out()).isEmpty();
    assertThat(ran.err()).contains("is not from 1ms to 1d").doesNotContain("Exception");
  }

  @Test
  void a_measurement_is_as_often_as_asked_and_json_where_asked() {
    CommandRun ran = run("bench --time 1ms --count 2 --format json 1+1");
    assertThat(ran.code()).as(ran.err()).isZero();
    assertThat(ran.out().split("\"ns_per_op\"", -1)).hasSize(3);
    CommandRun undefined = run("bench --time 1ms data.nothing");
    assertThat(undefined.code()).isEqualTo(1);
    assertThat(undefined.out()).isEmpty();
    assertThat(undefined.err()).contains("undefined result");
  }

  @Test
  void tests_are_chosen_by_an_expression_that_must_be_one() {
    CommandRun wrong = run("test -r", "(", policy);
    assertThat(wrong.code()).isEqualTo(1);
    assertThat(wrong.err()).startsWith("--run: ").contains("missing closing )");
    CommandRun none = run("test --fail-on-empty -r", "no_such_test", policy);
    assertThat(none.code()).isEqualTo(1);
    assertThat(none.err()).contains("no tests were run");
    assertThat(run("test -r", "no_such_test", policy).code()).isZero();
    assertThat(run("test -z", policy).code()).isZero();
    assertThat(run("test", policy).code()).as("one is skipped").isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"-0.1", "100.1", "NaN", "Infinity"})
  void a_share_of_rows_is_from_0_to_100(String percent) {
    CommandRun ran = run("test --threshold", percent, policy);
    assertThat(ran.code()).isEqualTo(1);
    assertThat(ran.err()).contains("must be between 0 and 100");
  }

  @Test
  void a_path_that_is_not_there_is_named_by_every_command() {
    Path none = folder.resolve("none.rego");
    assertThat(run("check", none).code()).isEqualTo(1);
    assertThat(run("check", none).err()).contains(none.toString());
    assertThat(run("check --format json", none).err()).startsWith("{").contains("none.rego");
    assertThat(run("test", none).code()).isEqualTo(1);
    assertThat(run("test", none).err()).contains(none.toString());
    CommandRun eval = run("eval -d", none, "1");
    assertThat(eval.code()).isEqualTo(2);
    assertThat(eval.out()).startsWith("{").contains("errors", "none.rego");
    CommandRun raw = run("eval --format raw -d", none, "1");
    assertThat(raw.out()).isEmpty();
    assertThat(raw.err()).contains(none.toString());
    assertThat(run("bench -d", none, "1").code()).isEqualTo(1);
  }

  @Test
  void a_bundle_that_is_cut_short_or_none_at_all_is_refused() throws IOException {
    Path junk = Files.writeString(folder.resolve("b.tar.gz"), "no bundle");
    CommandRun ran = run("check -b", junk);
    assertThat(ran.code()).isEqualTo(1);
    assertThat(ran.out()).isEmpty();
    assertThat(ran.err()).contains("b.tar.gz");
    byte[] head = {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, 0, 3};
    CommandRun cut = run("check -b", Files.write(folder.resolve("cut.tar.gz"), head));
    assertThat(cut.code()).isEqualTo(1);
    assertThat(cut.err()).contains("cut.tar.gz").doesNotContain("\tat ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "x := | rego_parse_error",
        "data.p.nothing( | rego_parse_error",
        "no_such_function(1) | rego_type_error",
        "y | rego_unsafe_var_error"
      })
  void a_query_that_is_none_is_an_error_with_its_code(String query, String code) {
    CommandRun ran = run("eval", query);
    assertThat(ran.code()).isEqualTo(2);
    assertThat(ran.out()).contains(code);
    assertThat(ran.err()).isEmpty();
  }

  @Test
  void an_evaluation_that_takes_too_long_ends_in_an_error() {
    CommandRun ran =
        run(
            "eval --timeout 50ms --format raw",
            "count([1 | some i in numbers.range(1, 3000); some j in numbers.range(1, 3000); i =="
                + " j])");
    assertThat(ran.code()).isEqualTo(2);
    assertThat(ran.out()).isEmpty();
    assertThat(ran.err()).startsWith("1 error occurred");
  }

  @Test
  void templates_are_printed_by_their_names_and_others_name_them() {
    assertThat(run("template").line().lines())
        .containsExactly(
            "default", "destructive_verbs", "bulk_rows", "value_threshold", "business_hours");
    assertThat(run("template default").line())
        .isEqualTo(BuiltInPolicies.defaultSource().stripTrailing());
    String name = BuiltInPolicies.TEMPLATES.get(3);
    assertThat(run("template", name).line())
        .isEqualTo(BuiltInPolicies.template(name).stripTrailing());
    assertThat(run("template --tests", name).line())
        .isEqualTo(BuiltInPolicies.templateTests(name).stripTrailing());
    for (String wrong : new String[] {"../audit", "DEFAULT"}) {
      CommandRun ran = run("template", wrong);
      assertThat(ran.code()).isEqualTo(2);
      assertThat(ran.out()).isEmpty();
      assertThat(ran.err()).contains("no template \"" + wrong + "\"").contains("bulk_rows");
    }
  }
}
