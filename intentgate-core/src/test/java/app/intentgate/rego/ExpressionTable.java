package app.intentgate.rego;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.ArgumentsProvider;
import org.junit.jupiter.params.support.AnnotationConsumer;
import org.junit.jupiter.params.support.ParameterDeclarations;

/** Reads the tables of {@link Expressions}. */
public final class ExpressionTable implements ArgumentsProvider, AnnotationConsumer<Expressions> {
  private Stream<Line> lines = Stream.empty();

  /** For JUnit. */
  public ExpressionTable() {}

  /**
   * An expression and the answer it must have.
   *
   * @param expression what is asked
   * @param expected the answer
   * @param around rules, input and data
   */
  public record Line(String expression, String expected, Expressions around) {
    static Line of(String text, Expressions around) {
      int arrow = text.lastIndexOf("=>");
      if (arrow < 0) {
        throw new IllegalArgumentException("no => in: " + text);
      }
      return new Line(text.substring(0, arrow).strip(), text.substring(arrow + 2).strip(), around);
    }

    /** Asserts that the expression has its answer. */
    public void check() {
      String rule =
          expression.startsWith("if ")
              ? "answer if { " + expression.substring(3) + " }\n"
              : "answer := " + expression + "\n";
      Asked asked = Asked.of(rule + "\n" + around.rules(), around.data()).input(around.input());
      String strict = asked.strict().rule("answer");
      if (expected.endsWith("...")) {
        String start = expected.substring(0, expected.length() - 3);
        assertThat(strict).as(expression).startsWith(start).hasSizeGreaterThan(start.length());
      } else {
        assertThat(strict).as(expression).isEqualTo(expected);
      }
      boolean lenient = expected.startsWith("builtin error:") || expected.startsWith("type error:");
      assertThat(asked.rule("answer"))
          .as("%s, not strict", expression)
          .isEqualTo(lenient ? "undefined" : expected);
    }

    @Override
    public String toString() {
      return expression + " => " + expected;
    }
  }

  @Override
  public void accept(Expressions table) {
    lines =
        table
            .value()
            .lines()
            .map(String::strip)
            .filter(line -> !line.isEmpty() && !line.startsWith("#"))
            .map(line -> Line.of(line, table));
  }

  @Override
  public Stream<Arguments> provideArguments(
      ParameterDeclarations parameters, ExtensionContext context) {
    return lines.map(Arguments::of);
  }
}
