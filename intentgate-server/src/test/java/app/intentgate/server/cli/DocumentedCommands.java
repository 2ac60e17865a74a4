package app.intentgate.server.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The commands that the documents show: indented by four, or in a block of {@code sh}. */
final class DocumentedCommands {
  private static final String INDENT = "    ";
  private static final List<String> ENDS = List.of("&&", "||", "|", ";", "&");

  private DocumentedCommands() {}

  /**
   * One simple command, without what a shell does around it.
   *
   * @param where the document
   * @param words the command and its arguments, without quotes, variables as they are written
   */
  record Command(Path where, List<String> words) {
    String name() {
      return words.get(0);
    }

    @Override
    public String toString() {
      return where.getFileName() + ": " + String.join(" ", words);
    }
  }

  /** The documents of the project: README, docs, and those of the examples. */
  static List<Path> documents(Path project) throws IOException {
    List<Path> documents = new ArrayList<>(List.of(project.resolve("README.md")));
    try (Stream<Path> docs = Files.walk(project.resolve("docs"));
        Stream<Path> examples = Files.walk(project.resolve("examples"), 2)) {
      docs.filter(path -> path.toString().endsWith(".md")).forEach(documents::add);
      examples.filter(path -> path.endsWith("README.md")).forEach(documents::add);
    }
    return documents;
  }

  /** Every command of every document of the project. */
  static List<Command> all(Path project) throws IOException {
    List<Command> found = new ArrayList<>();
    for (Path document : documents(project)) {
      for (String line : lines(Files.readAllLines(document))) {
        for (List<String> words : simple(line.replace("$(", " ; ").replace(")", " ; "))) {
          found.add(new Command(document, words));
        }
      }
    }
    return found;
  }

  /** The lines of code; one that goes on in the next is one. */
  private static List<String> lines(List<String> document) {
    List<String> code = new ArrayList<>();
    boolean shell = false;
    StringBuilder line = new StringBuilder();
    for (String written : document) {
      if (written.startsWith("```")) {
        shell = !shell && written.startsWith("```sh");
      } else if (shell || written.startsWith(INDENT)) {
        boolean goesOn = written.endsWith("\\");
        line.append(goesOn ? written.substring(0, written.length() - 1) : written);
        if (!goesOn) {
          code.add(line.toString().strip());
          line.setLength(0);
        }
      }
    }
    return code;
  }

  /** The commands of a line, without assignments before them, redirections and comments. */
  private static List<List<String>> simple(String line) {
    List<List<String>> commands = new ArrayList<>();
    List<String> words = new ArrayList<>();
    boolean skip = false;
    for (String word : words(line)) {
      if (word.equals("#")) {
        break;
      } else if (ENDS.contains(word)) {
        add(commands, words);
        words = new ArrayList<>();
      } else if (skip || word.matches("[0-9]?>>?&?[0-9]?|<")) {
        skip = !skip && !word.matches(".*&[0-9]");
      } else if (!words.isEmpty() || !word.matches("[A-Z_]+=.*|export")) {
        words.add(word);
      }
    }
    add(commands, words);
    return commands;
  }

  private static void add(List<List<String>> commands, List<String> words) {
    if (!words.isEmpty()) {
      commands.add(List.copyOf(words));
    }
  }

  private static List<String> words(String line) {
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    boolean begun = false;
    char quote = 0;
    for (char c : line.toCharArray()) {
      if (quote != 0) {
        if (c == quote) {
          quote = 0;
        } else {
          word.append(c);
        }
      } else if (c == '\'' || c == '"') {
        quote = c;
        begun = true;
      } else if (c != ' ') {
        word.append(c);
        begun = true;
      } else if (begun) {
        words.add(word.toString());
        word.setLength(0);
        begun = false;
      }
    }
    if (begun) {
      words.add(word.toString());
    }
    return words;
  }
}
