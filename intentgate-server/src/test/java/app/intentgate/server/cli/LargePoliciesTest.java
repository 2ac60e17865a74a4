package app.intentgate.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.json.JsonReader;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Code bases of a thousand files, and 30 MB of data, in a bounded heap. */
class LargePoliciesTest {
  private static final int DATA_MEGABYTES = Integer.getInteger("intentgate.rego.megabytes", 30);

  /** What 30 MB of JSON and its values take, and little more. */
  private static final String HEAP = "-Xmx320m";

  @TempDir Path folder;

  private CommandProcess intentgate(String heap) {
    return new CommandProcess(folder, heap);
  }

  private static String passed() {
    int tests = PolicySet.TESTED * PolicySet.TESTS_EACH;
    return "PASS: " + tests + "/" + tests + "\n";
  }

  @Test
  void a_thousand_files_of_rego_v1_with_their_tests() throws Exception {
    PolicySet.write(folder, false, PolicySet.POLICIES, PolicySet.TESTED);
    assertThat(intentgate(HEAP).run("policy", "test", "."))
        .isEqualTo(new CommandProcess.Ran(0, passed(), ""));
  }

  @Test
  void a_thousand_files_of_rego_v0_with_their_tests() throws Exception {
    PolicySet.write(folder, true, PolicySet.POLICIES, PolicySet.TESTED);
    assertThat(intentgate(HEAP).run("policy", "test", "--v0-compatible", "."))
        .isEqualTo(new CommandProcess.Ran(0, passed(), ""));
  }

  @Test
  void much_data_from_a_folder_and_from_a_packed_bundle() throws Exception {
    Path bundle = folder.resolve("bundle");
    int users = PolicySet.writeData(bundle.resolve("directory/data.json"), DATA_MEGABYTES);
    Files.writeString(bundle.resolve(".manifest"), "{\"revision\": \"r1\"}");
    Files.writeString(
        bundle.resolve("p.rego"),
        """
        package p

        active if data.directory.users[input.user].active

        total := count(data.directory.users)
        """);
    Path input = Files.writeString(folder.resolve("in.json"), "{\"user\": \"user77\"}");
    Process tar =
        new ProcessBuilder(
                "tar", "-czf", folder.resolve("b.tar.gz").toString(), "-C", bundle + "", ".")
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    assertThat(tar.waitFor()).isZero();
    for (String[] source : new String[][] {{"-d", "bundle"}, {"-b", "b.tar.gz"}}) {
      assertThat(
              intentgate(HEAP)
                  .run(
                      "policy",
                      "eval",
                      source[0],
                      source[1],
                      "-i",
                      input.toString(),
                      "--format",
                      "raw",
                      "[data.p.active, data.p.total]"))
          .isEqualTo(new CommandProcess.Ran(0, "[true," + users + "]\n", ""));
    }
  }

  @Test
  void data_that_does_not_fit_is_told_in_a_sentence() throws Exception {
    PolicySet.writeData(folder.resolve("data.json"), 10);
    CommandProcess.Ran ran = intentgate("-Xmx32m").run("policy", "eval", "-d", "data.json", "1");
    assertThat(ran.code()).isEqualTo(2);
    assertThat(ran.err()).isEmpty();
    assertThat(JsonReader.parse(ran.out()))
        .hasToString(
            "{\"errors\":[{\"message\":\"not enough memory to load this: give java more, such as"
                + " -Xmx2g\"}]}");
  }
}
