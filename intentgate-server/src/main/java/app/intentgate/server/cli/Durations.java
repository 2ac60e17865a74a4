package app.intentgate.server.cli;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Reads durations as people write them: {@code 90s}, {@code 15m}, {@code 1h30m}, {@code 7d}, {@code
 * 500ms}.
 */
final class Durations implements ITypeConverter<Duration> {
  private static final Pattern PART = Pattern.compile("(\\d{1,9})(ms|[dhms])");

  Durations() {}

  @Override
  public Duration convert(String text) {
    Duration sum = Duration.ZERO;
    Matcher part = PART.matcher(text);
    int at = 0;
    while (part.find() && part.start() == at) {
      long n = Long.parseLong(part.group(1));
      sum =
          switch (part.group(2)) {
            case "d" -> sum.plusDays(n);
            case "h" -> sum.plusHours(n);
            case "m" -> sum.plusMinutes(n);
            case "ms" -> sum.plusMillis(n);
            default -> sum.plusSeconds(n);
          };
      at = part.end();
    }
    if (at == 0 || at != text.length()) {
      throw new TypeConversionException(
          "\"" + text + "\" is no duration; write 90s, 15m, 1h30m or 7d");
    }
    return sum;
  }

  /** Reads how long something of this program may take: more than nothing, a day at the most. */
  static final class Work implements ITypeConverter<Duration> {
    private static final Duration MOST = Duration.ofDays(1);

    Work() {}

    @Override
    public Duration convert(String text) {
      Duration time = new Durations().convert(text);
      if (time.isZero() || time.compareTo(MOST) > 0) {
        throw new TypeConversionException("\"" + text + "\" is not from 1ms to 1d");
      }
      return time;
    }
  }
}
