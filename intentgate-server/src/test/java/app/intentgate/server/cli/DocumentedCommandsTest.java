package app.intentgate.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.server.cli.DocumentedCommands.Command;
import app.intentgate.server.http.RouteTable;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/**
 * What the documents tell a reader to type can be typed: commands and options exist, routes are
 * served, test classes and profiles are there. Those of the walk-through and of the README are run
 * besides ({@link OperatingTest}, {@link DemoTest}).
 */
class DocumentedCommandsTest {
  private static final Path PROJECT = Path.of("..");

  /** A link to another file of the project, or to a heading. */
  private static final Pattern LINK =
      Pattern.compile("\\]\\((?!\\w+:)([^)#\\s]*)(?:#([^)\\s]+))?\\)");

  private List<Command> commands = List.of();

  @BeforeEach
  void readsTheDocuments() throws Exception {
    commands = DocumentedCommands.all(PROJECT);
  }

  @Test
  void every_command_of_the_program_can_be_parsed() {
    List<String> wrong = new ArrayList<>();
    List<Command> own =
        commands.stream().filter(command -> !arguments(command.words()).isEmpty()).toList();
    for (Command command : own) {
      try {
        CommandLineMain.parser().parseArgs(arguments(command.words()).toArray(String[]::new));
      } catch (CommandLine.ParameterException e) {
        wrong.add(command + " -> " + e.getMessage());
      }
    }
    assertThat(wrong).isEmpty();
    assertThat(own).hasSizeGreaterThan(40);
  }

  /** What follows the program's name; empty for another program's command. */
  private static List<String> arguments(List<String> words) {
    int jar = words.indexOf("-jar");
    if (words.get(0).equals("java") && jar > 0 && words.get(jar + 1).endsWith("intentgate.jar")) {
      return words.subList(jar + 2, words.size());
    }
    return words.get(0).equals("intentgate") ? words.subList(1, words.size()) : List.of();
  }

  @Test
  void every_request_goes_to_a_route_that_is_served() {
    List<Command> requests =
        commands.stream().filter(command -> command.name().equals("curl")).toList();
    List<Command> lost =
        requests.stream()
            .filter(
                command ->
                    RouteTable.of(path(command)).stream()
                        .noneMatch(
                            route -> route.built() && route.method().equals(method(command))))
            .toList();
    assertThat(lost).isEmpty();
    assertThat(requests).hasSizeGreaterThan(5);
  }

  private static String method(Command request) {
    int named = request.words().indexOf("-X");
    boolean body = request.words().stream().anyMatch(word -> word.matches("-d|--data.*"));
    return named > 0 ? request.words().get(named + 1) : body ? "POST" : "GET";
  }

  private static String path(Command request) {
    return request.words().stream()
        .filter(word -> word.matches("(\\$|http|localhost).*/.*"))
        .map(url -> url.replaceFirst("^(https?://)?[^/]*", "").replaceFirst("\\?.*", ""))
        .findFirst()
        .orElse("");
  }

  @Test
  void every_build_names_modules_profiles_and_tests_that_are_there() throws Exception {
    Set<String> classes;
    try (Stream<Path> files = Files.walk(PROJECT, 16)) {
      classes =
          files
              .map(path -> path.getFileName().toString())
              .filter(name -> name.endsWith("Test.java"))
              .map(name -> name.replace(".java", ""))
              .collect(Collectors.toSet());
    }
    StringBuilder poms = new StringBuilder();
    for (String module : List.of("", "intentgate-core", "intentgate-jdbc", "intentgate-server")) {
      poms.append(Files.readString(PROJECT.resolve(module).resolve("pom.xml")));
    }
    List<Command> builds =
        commands.stream().filter(command -> command.name().equals("./mvnw")).toList();
    List<String> wrong = new ArrayList<>();
    for (Command build : builds) {
      List<String> words = build.words();
      for (int i = 1; i < words.size(); i++) {
        String word = words.get(i);
        boolean there =
            word.startsWith("-Dtest=")
                ? Stream.of(word.substring(7).split(",")).allMatch(name -> any(name, classes))
                : word.startsWith("-P")
                    ? poms.indexOf("<id>" + word.substring(2) + "</id>") >= 0
                    : !word.equals("-pl") || Files.exists(PROJECT.resolve(words.get(i + 1)));
        if (!there) {
          wrong.add(build + " -> " + word);
        }
      }
    }
    assertThat(wrong).isEmpty();
    assertThat(builds).hasSizeGreaterThan(10);
  }

  private static boolean any(String pattern, Set<String> names) {
    PathMatcher glob = FileSystems.getDefault().getPathMatcher("glob:" + pattern);
    return names.stream().anyMatch(name -> glob.matches(Path.of(name)));
  }

  @Test
  void every_link_leads_to_a_file_and_a_heading_that_are_there() throws Exception {
    List<String> lost = new ArrayList<>();
    for (Path document : DocumentedCommands.documents(PROJECT)) {
      Matcher link = LINK.matcher(Files.readString(document));
      while (link.find()) {
        Path to =
            link.group(1).isEmpty() ? document : document.resolveSibling(link.group(1)).normalize();
        String heading = link.group(2);
        if (!Files.exists(to) || heading != null && !headings(to).contains(heading)) {
          lost.add(document + " -> " + link.group());
        }
      }
    }
    assertThat(lost).isEmpty();
  }

  /** The headings of a document as they are linked to. */
  private static Set<String> headings(Path document) throws Exception {
    return Files.readAllLines(document).stream()
        .filter(line -> line.startsWith("#"))
        .map(line -> line.replaceFirst("^#+ +", "").toLowerCase(Locale.ROOT))
        .map(text -> text.replaceAll("[^\\w\\- ]", "").replace(' ', '-'))
        .collect(Collectors.toSet());
  }
}
