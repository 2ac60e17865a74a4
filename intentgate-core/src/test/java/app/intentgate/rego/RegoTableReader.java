package app.intentgate.rego;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.params.provider.AnnotationBasedArgumentsProvider;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.support.ParameterDeclarations;

/** Reads a {@link RegoTable}: one {@link RegoRow} per call of the test. */
final class RegoTableReader extends AnnotationBasedArgumentsProvider<RegoTable> {
  private static final String ANSWER = "=> ";
  private static final String CONTINUED = "   ";

  @Override
  protected Stream<? extends Arguments> provideArguments(
      ParameterDeclarations parameters, ExtensionContext context, RegoTable table) {
    return rows(table.value()).stream().map(Arguments::of);
  }

  /** The rows; a row without an answer is a mistake in the table. */
  static List<RegoRow> rows(String table) {
    List<RegoRow> rows = new ArrayList<>();
    for (String block : table.split("(?m)^--\n")) {
      List<String> source = new ArrayList<>();
      List<String> answers = new ArrayList<>();
      for (String line : block.stripTrailing().split("\n")) {
        if (line.startsWith(ANSWER)) {
          answers.add(line.substring(ANSWER.length()));
        } else if (answers.isEmpty()) {
          source.add(line);
        } else if (line.startsWith(CONTINUED)) {
          int last = answers.size() - 1;
          answers.set(last, answers.get(last) + " " + line.substring(CONTINUED.length()));
        } else {
          throw new IllegalArgumentException("Rego after its answer: " + line);
        }
      }
      if (answers.isEmpty()) {
        throw new IllegalArgumentException("no answer to " + source);
      }
      boolean accepted = answers.equals(List.of("ok"));
      rows.add(new RegoRow(String.join("\n", source), accepted ? List.of() : answers));
    }
    return rows;
  }
}
