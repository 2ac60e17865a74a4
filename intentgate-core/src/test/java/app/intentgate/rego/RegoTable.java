package app.intentgate.rego;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.params.provider.ArgumentsSource;

/**
 * The rows of a parameterized test: Rego as it is written, over any number of lines, and below it
 * what it is answered with, a line each that starts with {@code =>}, and goes on in lines that
 * start with three blanks. A line {@code --} ends a row. {@code => ok} stands for no errors.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@ArgumentsSource(RegoTableReader.class)
public @interface RegoTable {
  /** The table. */
  String value();
}
