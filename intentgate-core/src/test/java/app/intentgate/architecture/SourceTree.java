package app.intentgate.architecture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The Java sources of the whole checkout, read as text. */
final class SourceTree {
  private static final Pattern PACKAGE = Pattern.compile("(?m)^package ([\\w.]+);");
  private static final Pattern REFERENCE =
      Pattern.compile("\\bapp\\.intentgate(?:\\.[a-z][a-z0-9_]*)*(?=\\.[A-Z*])");

  private final Path root;

  private SourceTree(Path root) {
    this.root = root;
  }

  /** The checkout this test runs in. */
  static SourceTree find() {
    Path at = Path.of("").toAbsolutePath();
    while (at != null && !Files.exists(at.resolve("mvnw"))) {
      at = at.getParent();
    }
    if (at == null) {
      throw new IllegalStateException("no mvnw above the working directory");
    }
    return new SourceTree(at);
  }

  Path root() {
    return root;
  }

  /** Every Java file that people wrote, of every module. */
  List<Path> javaFiles() {
    return files(root).toList();
  }

  /** The Java files below a folder. */
  List<Path> javaFiles(String folder) {
    Path dir = root.resolve(folder);
    return Files.isDirectory(dir) ? files(dir).toList() : List.of();
  }

  private static Stream<Path> files(Path dir) {
    try (Stream<Path> all = Files.walk(dir)) {
      return all
          .filter(p -> p.toString().endsWith(".java") && !p.toString().contains("/target/"))
          .toList()
          .stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String packageOf(Path file) {
    Matcher m = PACKAGE.matcher(read(file));
    return m.find() ? m.group(1) : "";
  }

  /** Which packages of ours each package of a folder mentions in its code. */
  Map<String, Set<String>> packageArrows(String folder) {
    Map<String, Set<String>> arrows = new TreeMap<>();
    for (Path file : javaFiles(folder)) {
      String from = packageOf(file);
      if (from.isEmpty() || file.endsWith("package-info.java")) {
        continue;
      }
      Set<String> to = arrows.computeIfAbsent(from, p -> new TreeSet<>());
      Matcher m = REFERENCE.matcher(withoutComments(read(file)));
      while (m.find()) {
        if (!m.group().equals(from)) {
          to.add(m.group());
        }
      }
    }
    return arrows;
  }

  private static String withoutComments(String source) {
    return source
        .replaceAll("(?s)/\\*.*?\\*/", "")
        .replaceAll("\"(?:[^\"\\\\\\n]|\\\\.)*\"", "\"\"")
        .replaceAll("(?m)//.*$", "");
  }
}
