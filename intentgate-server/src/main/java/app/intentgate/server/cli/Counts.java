package app.intentgate.server.cli;

import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads how many of something: one at least. */
final class Counts implements ITypeConverter<Integer> {
  private static final Pattern DIGITS = Pattern.compile("[0-9]{1,18}");

  Counts() {}

  @Override
  public Integer convert(String text) {
    return (int) read(text, Integer.MAX_VALUE);
  }

  private static long read(String text, long most) {
    long count = DIGITS.matcher(text).matches() ? Long.parseLong(text) : 0;
    if (count < 1 || count > most) {
      throw new TypeConversionException("\"" + text + "\" is not a whole number from 1 to " + most);
    }
    return count;
  }

  /** The same of what may come without end. */
  static final class OfEvents implements ITypeConverter<Long> {
    private static final long MOST = 999_999_999_999_999_999L;

    OfEvents() {}

    @Override
    public Long convert(String text) {
      return read(text, MOST);
    }
  }
}
