package app.intentgate.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What docs/rego.md shows is run: the commands as programs, the snippet through a compiler. */
class RegoDocumentTest {
  private static final Pattern FILE = Pattern.compile("(?ms)^`([a-z_/.]+)`\n\n```\\w+\n(.*?)^```$");
  private static final Pattern COMMAND = Pattern.compile("(?ms)^```console\n\\$ (.*?)\n(.*?)^```$");
  private static final Pattern JAVA = Pattern.compile("(?ms)^```java\n(.*?)^```$");

  @TempDir Path folder;

  private static String document() throws IOException {
    Path base = Path.of(System.getProperty("intentgate.basedir", "."));
    Path here = base.resolve("docs/rego.md");
    return Files.readString(Files.exists(here) ? here : base.resolve("../docs/rego.md"));
  }

  private record Ran(int code, String out) {}

  /** The command in a JVM of its own, in the folder, as a shell would run it. */
  private Ran run(List<String> words) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of("-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path")));
    command.add(CommandLineMain.class.getName());
    command.addAll(words);
    Path out = folder.resolve("out.txt");
    Process process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(out.toFile())
            .start();
    assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
    String text = Files.readString(out);
    Files.delete(out);
    return new Ran(process.exitValue(), text);
  }

  @Test
  void the_commands_print_what_the_document_shows() throws Exception {
    String document = document();
    for (MatchResult file : FILE.matcher(document).results().toList()) {
      Path path = folder.resolve(file.group(1));
      Files.createDirectories(path.getParent());
      Files.writeString(path, file.group(2));
    }
    Map<String, String> shown = new LinkedHashMap<>();
    Map<String, String> printed = new LinkedHashMap<>();
    for (MatchResult command : COMMAND.matcher(document).results().toList()) {
      String line = command.group(1);
      List<String> words = new ArrayList<>(List.of(line.split(" ")));
      assertThat(words.remove(0)).isEqualTo("intentgate");
      shown.put(line, command.group(2));
      printed.put(line, run(words).out().replaceAll("\\([0-9.]+(ns|µs|ms|s)\\)", "(T)"));
    }
    assertThat(printed).hasSize(4).isEqualTo(shown);
  }

  @Test
  void the_snippet_compiles_and_runs() throws Exception {
    MatchResult snippet = JAVA.matcher(document()).results().findFirst().orElseThrow();
    Path source = Files.writeString(folder.resolve("Alone.java"), snippet.group(1));
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    ByteArrayOutputStream errors = new ByteArrayOutputStream();
    int code =
        compiler.run(
            null,
            null,
            new PrintStream(errors, true, StandardCharsets.UTF_8),
            "-proc:none",
            "-cp",
            System.getProperty("java.class.path"),
            "-d",
            folder.toString(),
            source.toString());
    assertThat(code).as(errors.toString(StandardCharsets.UTF_8)).isZero();
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path")
                    + System.getProperty("path.separator")
                    + folder,
                "Alone")
            .redirectErrorStream(true)
            .start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(out).isEqualTo("true\n");
    assertThat(process.waitFor()).isZero();
  }
}
