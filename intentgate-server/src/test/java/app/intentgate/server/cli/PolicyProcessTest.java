package app.intentgate.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.json.JsonArray;
import app.intentgate.json.JsonNumber;
import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonReader;
import app.intentgate.json.JsonValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands of policies as a CI step runs them: exit codes, standard output and error. */
class PolicyProcessTest {
  @TempDir Path folder;
  private CommandProcess intentgate = new CommandProcess(Path.of("."));

  @BeforeEach
  void files() throws IOException {
    intentgate = new CommandProcess(folder);
    write(
        "p/authz.rego",
        """
        package authz

        default allow := false

        allow if input.user == data.owners[input.path]
        """);
    write(
        "p/authz_test.rego",
        """
        package authz_test

        import data.authz

        test_owner if authz.allow with input as {"path": "/a", "user": "ann"}

        test_other if not authz.allow with input as {"path": "/a", "user": "bob"}
        """);
    write("p/owners/data.json", "{\"/a\": \"ann\"}");
    write("in.json", "{\"path\": \"/a\", \"user\": \"ann\"}");
    write("bad/x.rego", "package x\n\np if y\n");
  }

  private void write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private static JsonValue json(String text) {
    return JsonReader.parse(text);
  }

  private static double number(JsonObject report, String name) {
    return Double.parseDouble(((JsonNumber) report.get(name)).text());
  }

  @Test
  void check() throws Exception {
    assertThat(intentgate.run("policy", "check", "--strict", "p"))
        .isEqualTo(new CommandProcess.Ran(0, "", ""));
    assertThat(intentgate.run("policy", "check", "bad"))
        .isEqualTo(
            new CommandProcess.Ran(
                1, "", "1 error occurred: bad/x.rego:3: rego_unsafe_var_error: var y is unsafe\n"));
    CommandProcess.Ran errors = intentgate.run("policy", "check", "--format", "json", "bad");
    assertThat(errors.code()).isEqualTo(1);
    assertThat(((JsonArray) ((JsonObject) json(errors.err())).get("errors")).size()).isEqualTo(1);
    assertThat(intentgate.run("policy", "check", "--no-such-option").code()).isEqualTo(2);
  }

  @Test
  void eval() throws Exception {
    CommandProcess.Ran allowed =
        intentgate.run("policy", "eval", "-d", "p", "-i", "in.json", "data.authz.allow");
    assertThat(allowed.code()).isZero();
    assertThat(allowed.err()).isEmpty();
    assertThat(json(allowed.out()))
        .isEqualTo(
            json(
                "{\"result\":[{\"expressions\":[{\"value\":true,\"text\":\"data.authz.allow\","
                    + "\"location\":{\"row\":1,\"col\":1}}]}]}"));
    assertThat(intentgate.run("policy", "eval", "--fail", "-d", "p", "data.none").code())
        .isEqualTo(1);
    CommandProcess.Ran broken = intentgate.run("policy", "eval", "-d", "bad", "data.x");
    assertThat(broken.code()).isEqualTo(2);
    assertThat(broken.out()).contains("rego_unsafe_var_error");
  }

  @Test
  void test() throws Exception {
    assertThat(intentgate.run("policy", "test", "p"))
        .isEqualTo(new CommandProcess.Ran(0, "PASS: 2/2\n", ""));
    write("p/failing_test.rego", "package failing_test\n\ntest_never if false\n");
    CommandProcess.Ran failed = intentgate.run("policy", "test", "--format", "json", "p");
    assertThat(failed.code()).isEqualTo(2);
    assertThat(failed.err()).isEmpty();
    JsonArray results = (JsonArray) json(failed.out());
    assertThat(results.size()).isEqualTo(3);
    assertThat(results.toString()).contains("\"name\":\"test_never\",\"fail\":true");
    CommandProcess.Ran refused = intentgate.run("policy", "test", "bad");
    assertThat(refused.code()).isEqualTo(1);
    assertThat(refused.out()).isEmpty();
    assertThat(refused.err()).contains("rego_unsafe_var_error");
  }

  @Test
  void bench() throws Exception {
    CommandProcess.Ran measured =
        intentgate.run(
            "policy", "bench", "-d", "p", "--time", "50ms", "--format", "json", "data.authz.allow");
    assertThat(measured.code()).as(measured.err()).isZero();
    JsonObject report = (JsonObject) json(measured.out());
    assertThat(number(report, "N")).isPositive();
    assertThat(number(report, "ns_per_op")).isPositive();
  }
}
