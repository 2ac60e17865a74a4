package app.intentgate.server.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import app.intentgate.server.exchange.FastStart;
import app.intentgate.testing.FreePort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The commands of docs/operating.md, run by bash as they are written. */
@DisabledOnOs(OS.WINDOWS)
class OperatingTest {
  private static final String MARK = "==end of block==";
  private static final Pattern BLOCK = Pattern.compile("(?ms)^```(sh|text)\\n(.*?)^```$");

  @TempDir Path directory;

  /** Commands, and what they print; empty where the document does not show it. */
  private record Step(String commands, String shown) {}

  private static List<Step> steps() throws IOException {
    List<Step> steps = new ArrayList<>();
    Matcher block = BLOCK.matcher(Files.readString(Path.of("../docs/operating.md")));
    while (block.find()) {
      if (block.group(1).equals("sh")) {
        steps.add(new Step(block.group(2), ""));
      } else {
        Step last = steps.remove(steps.size() - 1);
        steps.add(new Step(last.commands(), block.group(2)));
      }
    }
    return steps;
  }

  /** The program under the name that the document calls it by. */
  private void install() throws Exception {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    String jar = System.getProperty("intentgate.jar", "");
    String what =
        jar.isEmpty()
            ? "'" + String.join("' '", FastStart.options()) + "' app.intentgate.server.Main"
            : "-jar '" + jar + "'";
    Path program =
        Files.writeString(
            Files.createDirectory(directory.resolve("bin")).resolve("intentgate"),
            "#!/bin/sh\nexec '" + java + "' -XX:TieredStopAtLevel=1 " + what + " \"$@\"\n");
    assertThat(program.toFile().setExecutable(true)).isTrue();
  }

  private static boolean has(String program) {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
  }

  private String run(List<Step> steps) throws IOException, InterruptedException {
    StringBuilder script = new StringBuilder("set -e -o pipefail\n");
    // Whatever happens, the gate does not outlive the test.
    script.append("trap '[ -z \"$GATE\" ] || kill $GATE 2>/dev/null || true' EXIT\n");
    for (Step step : steps) {
      script.append(step.commands()).append("echo '").append(MARK).append("'\n");
    }
    ProcessBuilder bash =
        new ProcessBuilder(
                "bash", Files.writeString(directory.resolve("script.sh"), script).toString())
            .directory(Files.createDirectory(directory.resolve("work")).toFile())
            .redirectOutput(directory.resolve("out").toFile())
            .redirectError(directory.resolve("err").toFile());
    bash.environment().keySet().removeIf(name -> name.startsWith("INTENTGATE_"));
    bash.environment().put("PATH", directory.resolve("bin") + ":" + System.getenv("PATH"));
    bash.environment().put("PORT", String.valueOf(FreePort.next()));
    Process process = bash.start();
    boolean ended = process.waitFor(300, TimeUnit.SECONDS);
    if (!ended) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
    String out = Files.readString(directory.resolve("out"));
    assertThat(ended && process.exitValue() == 0)
        .as("the script ended with 0; it printed %s%n%s", out, err())
        .isTrue();
    return out;
  }

  private String err() throws IOException {
    return Files.readString(directory.resolve("err"));
  }

  /** What the document shows, where {@code …} is any text. */
  private static Pattern pattern(String shown) {
    return Pattern.compile(
        Stream.of(shown.split("…", -1))
            .map(Pattern::quote)
            .collect(Collectors.joining("(?s:.*?)")));
  }

  @Test
  void the_walk_through_does_what_it_says() throws Exception {
    assumeTrue(has("bash") && has("curl"), "the document's commands need bash and curl");
    List<Step> steps = steps();
    assertThat(steps).hasSizeGreaterThan(10);
    install();

    String[] printed = run(steps).split(MARK + "\n", -1);

    assertThat(printed).hasSize(steps.size() + 1);
    for (int i = 0; i < steps.size(); i++) {
      assertThat(printed[i])
          .as("printed by:%n%s%nstandard error so far:%n%s", steps.get(i).commands(), err())
          .matches(pattern(steps.get(i).shown()));
    }
  }
}
