package app.intentgate.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.json.JsonArray;
import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonReader;
import app.intentgate.json.JsonValue;
import app.intentgate.policy.BuiltInPolicies;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands of policies, as scripts written for OPA's use them. */
class PolicyCommandsTest {
  private static final String POLICY =
      """
      package authz

      default allow := false

      allow if {
        input.method == "GET"
        input.user == data.owners[input.path]
      }

      roles contains role if some role in ["a", "b"]
      """;
  private static final String TESTS =
      """
      package authz_test

      import data.authz

      test_owner if {
        authz.allow with input as {"method": "GET", "path": "/a", "user": "ann"}
      }

      test_other if {
        print("other")
        authz.allow with input as {"method": "GET", "path": "/a", "user": "bob"}
      }

      todo_test_later if false
      """;

  @TempDir Path folder;

  private static CommandRun run(String... words) {
    List<Object> all = new ArrayList<>(List.of("policy"));
    all.addAll(List.of(words));
    return CommandRun.of(all.toArray());
  }

  private String write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text).toString();
  }

  @BeforeEach
  void policies() throws IOException {
    write("p/authz.rego", POLICY);
    write("p/owners/data.json", "{\"/a\": \"ann\"}");
  }

  private String p() {
    return folder.resolve("p").toString();
  }

  @Test
  void check_is_silent_about_what_compiles_and_ends_with_1_for_what_does_not() throws IOException {
    assertThat(run("check", p())).isEqualTo(new CommandRun(0, "", ""));
    String bad = write("bad.rego", "package bad\n\nx := y\n");
    assertThat(run("check", bad))
        .isEqualTo(
            new CommandRun(
                1,
                "",
                "1 error occurred: " + bad + ":3: rego_unsafe_var_error: var y is unsafe\n"));
    JsonObject json = (JsonObject) JsonReader.parse(run("check", "-f", "json", bad).err());
    assertThat(json.toString())
        .isEqualTo(
            "{\"errors\":[{\"message\":\"var y is unsafe\",\"code\":\"rego_unsafe_var_error\","
                + "\"location\":{\"file\":\""
                + bad
                + "\",\"row\":3,\"col\":6}}]}");
    assertThat(run("check", folder + "/none.rego"))
        .isEqualTo(
            new CommandRun(
                1,
                "",
                "1 error occurred during loading: stat "
                    + folder
                    + "/none.rego: no such file or directory\n"));
  }

  @Test
  void check_reads_older_rego_and_is_strict_when_asked_to() throws IOException {
    String old = write("old.rego", "package old\nallow { input.x }\n");
    assertThat(run("check", old).code()).isEqualTo(1);
    assertThat(run("check", "--v0-compatible", old).code()).isZero();
    String loose = write("loose.rego", "package loose\np if { x := 1 }\n");
    assertThat(run("check", loose).code()).isZero();
    assertThat(run("check", "-S", loose).err()).contains("assigned var x unused");
  }

  @Test
  void eval_prints_results_in_every_format() {
    CommandRun found = run("eval", "-d", p(), "data.authz.roles[r]");
    JsonObject json = (JsonObject) JsonReader.parse(found.out());
    assertThat(json.toString())
        .isEqualTo(
            "{\"result\":[{\"expressions\":[{\"value\":\"a\",\"text\":\"data.authz.roles[r]\","
                + "\"location\":{\"row\":1,\"col\":1}}],\"bindings\":{\"r\":\"a\"}},"
                + "{\"expressions\":[{\"value\":\"b\",\"text\":\"data.authz.roles[r]\","
                + "\"location\":{\"row\":1,\"col\":1}}],\"bindings\":{\"r\":\"b\"}}]}");
    assertThat(run("eval", "-f", "raw", "-d", p(), "data.authz.roles[r]").out())
        .isEqualTo("a\nb\n");
    assertThat(run("eval", "-f", "bindings", "-d", p(), "data.authz.roles[r]").out())
        .isEqualTo("{\n  \"r\": \"a\"\n}\n{\n  \"r\": \"b\"\n}\n");
    assertThat(run("eval", "-f", "values", "-d", p(), "data.authz.roles[r]").out())
        .isEqualTo("[\n  \"a\"\n]\n[\n  \"b\"\n]\n");
    assertThat(run("eval", "-f", "pretty", "-d", p(), "data.authz.roles[r]").out())
        .isEqualTo(
            """
            +-----+---------------------+
            |  r  | data.authz.roles[r] |
            +-----+---------------------+
            | "a" | "a"                 |
            | "b" | "b"                 |
            +-----+---------------------+
            """
                .replace("|  r  |", "| r   |"));
    assertThat(run("eval", "-f", "pretty", "-d", p(), "data.none").out()).isEqualTo("undefined\n");
    assertThat(run("eval", "-f", "raw", "1; \"x\"; [1]").out()).isEqualTo("1 x [1]\n");
    assertThat(run("eval", "x := 1; y := 2; x < y").out())
        .contains("\"bindings\"")
        .contains("\"text\": \"x < y\"");
  }

  @Test
  void eval_ends_with_1_or_2_as_asked() {
    assertThat(run("eval", "data.none").code()).isZero();
    assertThat(run("eval", "--fail", "data.none").code()).isEqualTo(1);
    assertThat(run("eval", "--fail", "-d", p(), "data.authz.allow").code()).isZero();
    assertThat(run("eval", "--fail-defined", "1 == 1").code()).isEqualTo(1);
    assertThat(run("eval", "--fail-defined", "data.none").code()).isZero();
    CommandRun broken = run("eval", "x =");
    assertThat(broken.code()).isEqualTo(2);
    assertThat(((JsonObject) JsonReader.parse(broken.out())).get("errors")).isNotNull();
    CommandRun strict = run("eval", "--strict-builtin-errors", "1 / 0");
    assertThat(strict.code()).isEqualTo(2);
    assertThat(strict.out()).contains("eval_builtin_error").contains("divide by zero");
    assertThat(run("eval", "-f", "raw", "x =").err()).startsWith("1 error occurred: ");
    assertThat(run("eval", "-d", folder + "/none", "1").code()).isEqualTo(2);
  }

  @Test
  void eval_explains_covers_and_profiles() throws IOException {
    String input = write("in.yaml", "method: GET\npath: /a\nuser: bob\n");
    CommandRun explained =
        run(
            "eval",
            "-d",
            p(),
            "-i",
            input,
            "--explain",
            "fails",
            "--format",
            "pretty",
            "data.authz.allow");
    assertThat(explained.out())
        .contains("FAILS  input.user == data.owners[input.path]")
        .contains("input.user = \"bob\"")
        .doesNotContain("holds")
        .endsWith("false\n");
    assertThat(run("eval", "-d", p(), "-i", input, "--explain", "full", "data.authz.allow").out())
        .contains("\"explanation\": [")
        .contains("holds  input.method");
    assertThat(run("eval", "--explain", "notes", "-f", "pretty", "trace(\"here\")").out())
        .contains("note: here");
    JsonObject report =
        (JsonObject)
            JsonReader.parse(
                run("eval", "-d", p(), "-i", input, "--coverage", "--profile", "data.authz.allow")
                    .out());
    assertThat(report.get("coverage").toString()).contains("\"covered_lines\":");
    JsonObject first = (JsonObject) ((JsonArray) report.get("profile")).get(0);
    assertThat(first.get("num_eval")).isNotNull();
    assertThat(first.get("location").toString()).contains("\"file\":");
  }

  @Test
  void eval_reads_bundles() throws Exception {
    write("b/.manifest", "{\"revision\": \"r1\", \"roots\": [\"app\"], \"rego_version\": 0}");
    write("b/app/p.rego", "package app\nallow { data.app.on }\n");
    write("b/app/data.json", "{\"on\": true}");
    write("b/app/readme.json", "[");
    assertThat(run("eval", "-f", "raw", "-b", folder + "/b", "data.app.allow"))
        .isEqualTo(new CommandRun(0, "true\n", ""));
  }

  @Test
  void test_ends_with_2_when_a_test_fails_and_shows_why() throws IOException {
    write("p/authz_test.rego", TESTS);
    CommandRun failed = run("test", p());
    assertThat(failed.code()).isEqualTo(2);
    assertThat(failed.out().replaceAll("\\([0-9.]+(ns|µs|ms|s)\\)", "(T)"))
        .startsWith("FAILURES\n" + "-".repeat(80) + "\ndata.authz_test.test_other: FAIL (T)\n")
        .contains("FAILS  input.user == data.owners[input.path]")
        .contains("input.user = \"bob\"")
        .endsWith(
            "SUMMARY\n"
                + "-".repeat(80)
                + "\n"
                + p()
                + "/authz_test.rego:9:\n"
                + "data.authz_test.test_other: FAIL (T)\n\n  other\n\n"
                + p()
                + "/authz_test.rego:14:\n"
                + "data.authz_test.todo_test_later: SKIPPED\n"
                + "-".repeat(80)
                + "\nPASS: 1/3\nFAIL: 1/3\nSKIPPED: 1/3\n");
    assertThat(run("test", "-v", p()).out()).contains("data.authz_test.test_owner: PASS (");
  }

  @Test
  void test_prints_the_json_that_scripts_read() throws IOException {
    write("p/authz_test.rego", TESTS);
    JsonArray results = (JsonArray) JsonReader.parse(run("test", "-f", "json", p()).out());
    assertThat(results.toString().replaceAll("\"duration\":\\d+", "\"duration\":0"))
        .isEqualTo(
            "[{\"location\":{\"file\":\"P\",\"row\":5,\"col\":1},\"package\":\"data.authz_test\","
                    .replace("P", p() + "/authz_test.rego")
                + "\"name\":\"test_owner\",\"duration\":0},"
                + "{\"location\":{\"file\":\"P\",\"row\":9,\"col\":1},\"package\":\"data.authz_test\","
                    .replace("P", p() + "/authz_test.rego")
                + "\"name\":\"test_other\",\"fail\":true,\"duration\":0,\"output\":\"b3RoZXIK\"},"
                + "{\"location\":{\"file\":\"P\",\"row\":14,\"col\":1},\"package\":\"data.authz_test\","
                    .replace("P", p() + "/authz_test.rego")
                + "\"name\":\"todo_test_later\",\"skip\":true,\"duration\":0}]");
  }

  @Test
  void test_counts_the_cases_of_a_test_and_shows_those_that_failed() throws IOException {
    String cases =
        "package c\n\n"
            + "test_c[x.n] if {\n"
            + "  some x in [{\"n\": \"a\", \"v\": 1}, {\"n\": \"b\", \"v\": 2}]\n"
            + "  x.v == 1\n"
            + "}\n\n"
            + "test_d if true\n";
    String file = write("cases/c_test.rego", cases);
    CommandRun run = run("test", folder + "/cases");
    assertThat(run.out().replaceAll("\\([0-9.]+(ns|µs|ms|s)\\)", "(T)"))
        .endsWith(
            file
                + ":3:\ndata.c.test_c: FAIL (T)\n  b: FAIL\n"
                + "-".repeat(80)
                + "\nPASS: 2/3\nFAIL: 1/3\n");
    assertThat(run("test", "-v", folder + "/cases").out()).contains("  a: PASS\n  b: FAIL\n");
  }

  @Test
  void test_exit_codes_follow_the_options() throws IOException {
    write("p/authz_test.rego", TESTS);
    assertThat(run("test", "-r", "owner$", p())).isEqualTo(new CommandRun(0, "PASS: 1/1\n", ""));
    assertThat(run("test", "-r", "later", p()).code()).isEqualTo(2);
    assertThat(run("test", "-z", "-r", "later", p()).code()).isZero();
    assertThat(run("test", "-r", "nothing", p()).code()).isZero();
    assertThat(run("test", "--fail-on-empty", "-r", "nothing", p()))
        .isEqualTo(new CommandRun(1, "", "no tests were run\n"));
    assertThat(run("test", "-r", "(", p()).code()).isEqualTo(1);
    String bad = write("bad.rego", "package bad\n\nx := y\n");
    assertThat(run("test", bad).code()).isEqualTo(1);
    assertThat(run("test", bad).err()).contains("rego_unsafe_var_error");
  }

  @Test
  void test_counts_coverage_and_holds_it_against_a_threshold() throws IOException {
    write("p/authz_test.rego", TESTS);
    CommandRun covered = run("test", "-r", "owner", "--coverage", p());
    assertThat(covered.code()).isZero();
    JsonValue files = ((JsonObject) JsonReader.parse(covered.out())).get("files");
    assertThat(files.toString()).contains("authz.rego").contains("\"not_covered\":[");
    CommandRun below = run("test", "-r", "owner", "--threshold", "99.5", p());
    assertThat(below.code()).isEqualTo(2);
    assertThat(below.err()).contains("Code coverage threshold not met: got ");
    assertThat(run("test", "-r", "owner", "--threshold", "10", p()).code()).isZero();
    assertThat(run("test", "--threshold", "101", p()).code()).isEqualTo(1);
    CommandRun failed = run("test", "--coverage", p());
    assertThat(failed.code()).isEqualTo(1);
    assertThat(failed.out()).contains("test_other: FAIL").doesNotContain("not_covered");
  }

  @Test
  void test_runs_the_templates_tests() throws IOException {
    for (String name : BuiltInPolicies.TEMPLATES) {
      write("t/" + name + "/p.rego", BuiltInPolicies.template(name));
      write("t/" + name + "/p_test.rego", BuiltInPolicies.templateTests(name));
      CommandRun run = run("test", folder + "/t/" + name);
      assertThat(run.out()).as(name).matches("PASS: (\\d+)/\\1\n");
      assertThat(run.code()).isZero();
    }
  }

  @Test
  void bench_measures_a_query_that_has_a_result() {
    CommandRun run =
        run("bench", "-d", p(), "--time", "20ms", "--format", "json", "data.authz.allow");
    assertThat(run.code()).isZero();
    assertThat(((JsonObject) JsonReader.parse(run.out())).get("ns_per_op")).isNotNull();
    assertThat(run("bench", "data.none").code()).isEqualTo(1);
  }

  @Test
  void help_teaches_with_examples_and_exit_codes() {
    for (String command : List.of("check", "eval", "test", "bench")) {
      String help = run(command, "--help").out();
      assertThat(help).as(command).contains("Example").contains("xits with 0");
    }
  }
}
