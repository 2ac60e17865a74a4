package app.intentgate.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Jazzer in a JVM of its own, since it rewrites the classes it watches. Works in {@code
 * target/fuzz/NAME} of the module: {@code corpus/} is what it starts from and adds to, {@code log}
 * what it says.
 */
final class JazzerProcess {
  /** The longest input, in bytes. */
  private static final int LONGEST = 2048;

  private static final int SECONDS_PER_INPUT = 30;

  private static final int SECONDS_TO_START_AND_END = 1_800;

  /** Where its choices start from; with 0 every run makes others. */
  private static final int SEED = Integer.getInteger("intentgate.fuzz.seed", 0);

  private final Class<?> target;
  private final String name;
  private final Path folder;
  private final Path corpus;

  JazzerProcess(Class<?> target, String name) {
    this.target = target;
    this.name = name;
    this.folder = Path.of("target", "fuzz", name).toAbsolutePath();
    this.corpus = folder.resolve("corpus");
  }

  /** Whether Jazzer has native code for this machine. */
  static boolean runsHere() {
    String os = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    boolean intel = System.getProperty("os.arch").matches("amd64|x86_64");
    return os.startsWith("mac") || intel && (os.startsWith("linux") || os.startsWith("windows"));
  }

  /** Lays out what is known. What an earlier run added stays. */
  void start(Collection<byte[]> known, Collection<String> words) throws IOException {
    Files.createDirectories(corpus);
    int number = 0;
    for (byte[] input : known) {
      Files.write(corpus.resolve("known-" + number++), input);
    }
    List<String> lines = new ArrayList<>();
    for (String word : words) {
      String text = KeptInputs.write(word.getBytes(StandardCharsets.UTF_8));
      lines.add('"' + text.replace("\"", "\\\"") + '"');
    }
    Files.write(folder.resolve("words"), lines, StandardCharsets.US_ASCII);
  }

  /** Looks for inputs that break the target, for so long. */
  void fuzz(int seconds) throws IOException, InterruptedException {
    List<String> options =
        List.of(
            "-max_total_time=" + seconds,
            "-seed=" + SEED,
            "-dict=" + folder.resolve("words"),
            corpus.toString());
    int code = run(seconds + SECONDS_TO_START_AND_END, options);
    assertThat(code).as(() -> what()).isZero();
  }

  /** What was found, as the line to keep it by, and why it is wrong. */
  private String what() {
    try (Stream<Path> files = Files.list(folder)) {
      StringBuilder out = new StringBuilder("Jazzer on " + name + "; a line for fuzz/");
      out.append(name).append(".txt:\n");
      for (Path file : files.filter(JazzerProcess::isFinding).toList()) {
        out.append(KeptInputs.write(Files.readAllBytes(file))).append('\n');
      }
      List<String> log = Files.readAllLines(folder.resolve("log"), StandardCharsets.ISO_8859_1);
      List<String> end = log.subList(Math.max(0, log.size() - 120), log.size());
      return out.append(String.join("\n", end)).toString();
    } catch (IOException e) {
      return "Jazzer on " + name + ": " + e;
    }
  }

  private static boolean isFinding(Path file) {
    return file.getFileName().toString().matches("(crash|timeout|oom|leak)-[0-9a-f]+");
  }

  /** Keeps, of all that is known by now, as few and as short inputs as reach the same code. */
  void keep() throws IOException, InterruptedException {
    Path fewest = folder.resolve("fewest");
    Files.createDirectories(fewest);
    for (Path old : list(fewest)) {
      Files.delete(old);
    }
    int code = run(3600, List.of("-merge=1", fewest.toString(), corpus.toString()));
    assertThat(code).as(() -> what()).isZero();
    List<byte[]> found = new ArrayList<>();
    for (Path file : list(fewest)) {
      found.add(Files.readAllBytes(file));
    }
    KeptInputs.replace(name, Path.of("src", "test", "resources"), found);
  }

  private static List<Path> list(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.toList();
    }
  }

  private int run(int seconds, List<String> options) throws IOException, InterruptedException {
    for (Path old : list(folder)) {
      if (isFinding(old)) {
        Files.delete(old);
      }
    }
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx700m", "-XX:+UseSerialGC", "-XX:+EnableDynamicAgentLoading"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add("com.code_intelligence.jazzer.Jazzer");
    command.add("--target_class=" + FuzzEntry.class.getName());
    command.add("--target_args=" + target.getName());
    command.add("--instrumentation_includes=app.intentgate.**");
    command.add("--instrumentation_excludes=app.intentgate.fuzz.**");
    command.add("--custom_hook_includes=app.intentgate.**");
    // A pattern from outside is what the regex target is about.
    command.add("--disabled_hooks=com.code_intelligence.jazzer.sanitizers.RegexInjection");
    command.add("--reproducer_path=" + folder);
    command.addAll(
        List.of(
            "-artifact_prefix=" + folder + "/",
            "-max_len=" + LONGEST,
            "-timeout=" + SECONDS_PER_INPUT,
            "-rss_limit_mb=0",
            "-print_final_stats=1"));
    command.addAll(options);
    Process process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("log").toFile())
            .start();
    try {
      if (process.waitFor(seconds, TimeUnit.SECONDS)) {
        return process.exitValue();
      }
      throw new AssertionError("Jazzer does not end on " + name + ", see " + folder);
    } finally {
      process.destroyForcibly();
    }
  }
}
