package app.intentgate.examples.policies;

import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonReader;
import app.intentgate.policy.BuiltInPolicies;
import app.intentgate.server.cli.CommandLineMain;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PolicyExamplesTest {
  private static final Pattern TEST = Pattern.compile("(?m)^(test_\\w+)");
  private static final Path POLICIES = Path.of("policies").toAbsolutePath();

  @TempDir Path folder;

  private static String run(String... words) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int code = CommandLineMain.run(new PrintWriter(out, true), new PrintWriter(err, true), words);
    assertThat(code).as(out + "\n" + err).isZero();
    return out.toString();
  }

  private static JsonObject passed(String folder) {
    String printed = run("policy", "eval", "--fail", "-d", folder, "data.intentgate.policy_test");
    String text = JsonReader.parse(printed).toString();
    int value = text.indexOf("\"value\":") + "\"value\":".length();
    return (JsonObject) JsonReader.parse(text.substring(value, text.indexOf(",\"text\"", value)));
  }

  private static List<String> namesOf(String tests) {
    List<String> names = new ArrayList<>();
    Matcher m = TEST.matcher(tests);
    while (m.find()) {
      names.add(m.group(1));
    }
    return names;
  }

  static List<String> templates() {
    return BuiltInPolicies.TEMPLATES;
  }

  @ParameterizedTest
  @MethodSource("templates")
  void every_test_of_a_template_passes(String name) throws IOException {
    Files.writeString(folder.resolve("policy.rego"), BuiltInPolicies.template(name));
    Files.writeString(folder.resolve("policy_test.rego"), BuiltInPolicies.templateTests(name));
    JsonObject passed = passed(folder.toString());
    List<String> tests = namesOf(BuiltInPolicies.templateTests(name));
    assertThat(tests).hasSizeGreaterThan(2);
    assertThat(tests).allSatisfy(test -> assertThat(passed.get(test)).hasToString("true"));
  }

  @Test
  void every_test_of_the_example_passes() throws IOException {
    JsonObject passed = passed(POLICIES.toString());
    List<String> tests = namesOf(Files.readString(POLICIES.resolve("refunds_test.rego")));
    assertThat(tests).hasSize(3);
    assertThat(tests).allSatisfy(test -> assertThat(passed.get(test)).hasToString("true"));
  }

  @Test
  void the_readmes_commands_work() {
    run("policy", "check", POLICIES.toString());
    assertThat(
            run(
                "policy",
                "eval",
                "-d",
                POLICIES.toString(),
                "-i",
                "call.json",
                "data.intentgate.policy.decision.allow"))
        .contains("true");
  }
}
