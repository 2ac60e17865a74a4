package app.intentgate.examples.policies;

import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.json.JsonArray;
import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonReader;
import app.intentgate.json.JsonString;
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
  private static final Pattern COMMAND =
      Pattern.compile("(?m)^    java -jar intentgate-server/target/intentgate.jar (.+)$");
  private static final Path POLICIES = Path.of("policies").toAbsolutePath();

  @TempDir Path folder;

  private static String run(String... words) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int code = CommandLineMain.run(new PrintWriter(out, true), new PrintWriter(err, true), words);
    assertThat(code).as(out + "\n" + err).isZero();
    return out.toString();
  }

  /** The names of the tests that {@code policy test} ran; it ends with 0 only when all passed. */
  private static List<String> passed(String folder) {
    JsonArray results = (JsonArray) JsonReader.parse(run("policy", "test", "-f", "json", folder));
    List<String> names = new ArrayList<>();
    for (int i = 0; i < results.size(); i++) {
      JsonObject result = (JsonObject) results.get(i);
      assertThat(result.get("fail")).isNull();
      names.add(((JsonString) result.get("name")).value());
    }
    return names;
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
    List<String> tests = namesOf(BuiltInPolicies.templateTests(name));
    assertThat(tests).hasSizeGreaterThan(2);
    assertThat(passed(folder.toString())).containsExactlyElementsOf(tests);
  }

  @Test
  void every_test_of_the_example_passes() throws IOException {
    List<String> tests = namesOf(Files.readString(POLICIES.resolve("refunds_test.rego")));
    assertThat(tests).hasSize(3);
    assertThat(passed(POLICIES.toString())).containsExactlyElementsOf(tests);
  }

  @Test
  void the_readmes_commands_work() throws IOException {
    List<String> commands =
        COMMAND
            .matcher(Files.readString(Path.of("README.md")))
            .results()
            .map(m -> m.group(1))
            .toList();
    assertThat(commands).hasSize(3);
    List<String> printed = new ArrayList<>();
    for (String command : commands) {
      printed.add(run(command.replace("examples/policies/", "").split(" ")));
    }
    assertThat(printed.get(0)).isEmpty();
    assertThat(printed.get(1)).isEqualTo("PASS: 3/3\n");
    assertThat(printed.get(2)).contains("\"allow\": true");
  }
}
