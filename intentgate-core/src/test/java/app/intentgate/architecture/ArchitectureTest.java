package app.intentgate.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
  private static final int MAX_LINES = 500;
  private static final String CORE = "intentgate-core/src/main/java";
  private static final Pattern IMPORT = Pattern.compile("(?m)^import (?:static )?([\\w.]+)");

  private final SourceTree tree = SourceTree.find();

  @Test
  void the_core_depends_on_the_jdk_alone() {
    Set<String> foreign = new TreeSet<>();
    for (Path file : tree.javaFiles(CORE)) {
      Matcher m = IMPORT.matcher(SourceTree.read(file));
      while (m.find()) {
        String name = m.group(1);
        if (!name.matches("(java|javax|app\\.intentgate|org\\.jspecify)\\..*")) {
          foreign.add(tree.root().relativize(file) + " imports " + name);
        }
      }
    }
    assertThat(foreign).isEmpty();
    assertThat(SourceTree.read(tree.root().resolve(CORE + "/module-info.java")))
        .doesNotContainPattern("requires (?!static transitive org\\.jspecify|java\\.)");
  }

  @Test
  void no_package_of_a_module_knows_one_that_knows_it() {
    for (String module :
        List.of("intentgate-core", "intentgate-jdbc", "intentgate-sdk-java", "intentgate-server")) {
      Map<String, Set<String>> arrows = tree.packageArrows(module + "/src/main/java");
      for (String start : arrows.keySet()) {
        List<String> cycle = cycleThrough(start, start, arrows, new LinkedHashSet<>());
        assertThat(cycle).as("package cycle in %s", module).isEmpty();
      }
    }
  }

  private static List<String> cycleThrough(
      String start, String at, Map<String, Set<String>> arrows, Set<String> seen) {
    for (String next : arrows.getOrDefault(at, Set.of())) {
      if (next.equals(start)) {
        return new ArrayList<>(List.of(at, start));
      }
      if (seen.add(next)) {
        List<String> rest = cycleThrough(start, next, arrows, seen);
        if (!rest.isEmpty()) {
          rest.add(0, at);
          return rest;
        }
      }
    }
    return List.of();
  }

  @Test
  void arrows_between_modules_go_only_as_drawn() {
    assertThat(modulesKnownBy("intentgate-core")).isEmpty();
    assertThat(modulesKnownBy("intentgate-jdbc")).isSubsetOf("core");
    assertThat(modulesKnownBy("intentgate-sdk-java")).isSubsetOf("core");
    assertThat(modulesKnownBy("intentgate-server")).isSubsetOf("core", "jdbc", "sdk");
  }

  @Test
  void of_the_server_only_the_command_line_knows_the_sdk() {
    Set<String> others = new TreeSet<>();
    tree.packageArrows("intentgate-server/src/main/java")
        .forEach(
            (name, targets) -> {
              boolean commandLine = name.equals("app.intentgate.server.cli");
              if (!commandLine && targets.stream().anyMatch(t -> moduleOf(t).equals("sdk"))) {
                others.add(name);
              }
            });
    assertThat(others).isEmpty();
  }

  private Set<String> modulesKnownBy(String module) {
    Set<String> known = new TreeSet<>();
    Set<String> own = tree.packageArrows(module + "/src/main/java").keySet();
    tree.packageArrows(module + "/src/main/java")
        .values()
        .forEach(
            targets ->
                targets.stream()
                    .filter(p -> !own.contains(p))
                    .map(ArchitectureTest::moduleOf)
                    .forEach(known::add));
    return known;
  }

  private static String moduleOf(String packageName) {
    for (String module : List.of("jdbc", "sdk", "server")) {
      String root = "app.intentgate." + module;
      if (packageName.equals(root) || packageName.startsWith(root + ".")) {
        return module;
      }
    }
    return "core";
  }

  @Test
  void no_source_file_is_longer_than_500_lines() {
    List<String> tooLong = new ArrayList<>();
    for (Path file : tree.javaFiles()) {
      long lines = SourceTree.read(file).lines().count();
      if (lines > MAX_LINES) {
        tooLong.add(tree.root().relativize(file) + ": " + lines);
      }
    }
    assertThat(tooLong).isEmpty();
  }

  @Test
  void most_source_files_are_short() {
    long[] lines =
        tree.javaFiles().stream()
            .filter(file -> file.toString().contains("/src/main/java/"))
            .mapToLong(file -> SourceTree.read(file).lines().count())
            .sorted()
            .toArray();
    assertThat(lines[lines.length / 2]).as("median").isLessThanOrEqualTo(80);
    assertThat(lines[lines.length * 95 / 100]).as("95 of 100").isLessThanOrEqualTo(300);
  }

  @Test
  void every_package_says_what_it_is_for() {
    Set<String> silent = new TreeSet<>();
    for (Path file : tree.javaFiles()) {
      boolean main = file.toString().contains("/src/main/java/");
      Path folder = file.getParent();
      if (main
          && folder != null
          && !file.endsWith("module-info.java")
          && !Files.exists(folder.resolve("package-info.java"))) {
        silent.add(tree.root().relativize(folder).toString());
      }
    }
    assertThat(silent).isEmpty();
  }
}
