package app.intentgate.rego;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ArgumentsSource;

/**
 * A test for each line of a table: a Rego expression, {@code =>}, and the answer as {@link Asked}
 * writes it. An expression that starts with {@code if} is the body of a rule that is true or
 * undefined. Lines that start with {@code #} are comments.
 *
 * <p>A builtin error or a type error is one when such errors are strict; the same expression must
 * be undefined when they are not. An answer that ends with {@code ...} is the start of one.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@ParameterizedTest(name = "{0}")
@ArgumentsSource(ExpressionTable.class)
public @interface Expressions {
  /** An input with a value of each type, so that types are not known before evaluation. */
  String ANY_INPUT =
      "{'n': 1, 'half': 0.5, 'neg': -3, 's': 'text', 't': true, 'f': false, 'nil': null,"
          + " 'a': [1, 2], 'o': {'k': 'v'}, 'zero': 0, 'empty': []}";

  /** The lines of the table. */
  String value();

  /** Rules that the expressions may use. */
  String rules() default "";

  /** The input as JSON, with quotes of either kind. */
  String input() default ANY_INPUT;

  /** The base data as JSON, with quotes of either kind. */
  String data() default "{}";
}
