package app.intentgate.rego.time;

import app.intentgate.rego.time.LayoutPart.Kind;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads one time. What does not fit is reported in Go's words. Not for use by several threads. */
final class TimeReader {
  private final String layout;
  private final ValueCursor in;
  private final DateFields date = new DateFields();
  private int hour;
  private int minute;
  private int second;
  private int nanos;
  private boolean isPm;
  private boolean isAm;
  private @Nullable Integer offset;
  private boolean isUtc;

  /** What is out of range in the part just read. */
  private @Nullable String outOfRange;

  TimeReader(String layout, String value) {
    this.layout = layout;
    this.in = new ValueCursor(value);
  }

  Instant read(List<LayoutPart> parts) {
    for (int i = 0; i < parts.size(); i++) {
      LayoutPart part = parts.get(i);
      if (part.kind() == Kind.TEXT) {
        if (!in.skipText(part.text())) {
          throw mismatch(part.text());
        }
        continue;
      }
      int start = in.pos;
      outOfRange = null;
      boolean fits = read(part);
      if (outOfRange != null) {
        throw failure(": " + outOfRange + " out of range");
      }
      if (!fits) {
        in.pos = start;
        throw mismatch(part.text());
      }
      if (isSecond(part) && !extraFraction(parts, i + 1)) {
        in.pos = start;
        throw mismatch(part.text());
      }
    }
    if (!in.atEnd()) {
      throw failure(": extra text: " + GoQuote.quote(in.rest()));
    }
    return time();
  }

  private TimeSyntaxException mismatch(String part) {
    return new TimeSyntaxException(
        "parsing time "
            + GoQuote.quote(in.value)
            + " as "
            + GoQuote.quote(layout)
            + ": cannot parse "
            + GoQuote.quote(in.rest())
            + " as "
            + GoQuote.quote(part));
  }

  private TimeSyntaxException failure(String message) {
    return new TimeSyntaxException("parsing time " + GoQuote.quote(in.value) + message);
  }

  private static boolean isSecond(LayoutPart part) {
    return part.kind() == Kind.SECOND || part.kind() == Kind.ZERO_SECOND;
  }

  /** Seconds may have a fraction even if the layout does not show one. */
  private boolean extraFraction(List<LayoutPart> parts, int following) {
    boolean here = (in.at(0) == '.' || in.at(0) == ',') && ValueCursor.isDigit(in.at(1));
    while (following < parts.size() && parts.get(following).kind() == Kind.TEXT) {
      following++;
    }
    boolean inLayout = following < parts.size() && parts.get(following).isFraction();
    return !here || inLayout || fraction(1 + in.digitsAt(1));
  }

  private boolean fraction(int width) {
    if (in.at(0) != '.' && in.at(0) != ',') {
      return false;
    }
    int value = 0;
    for (int i = 1; i <= 9; i++) {
      char c = i < width ? in.at(i) : '0';
      if (!ValueCursor.isDigit(c)) {
        return false;
      }
      value = value * 10 + (c - '0');
    }
    nanos = value;
    in.pos += width;
    return true;
  }

  private boolean read(LayoutPart part) {
    return switch (part.kind()) {
      case HOUR -> (hour = ranged(in.number(false), 0, 23, "hour")) >= 0;
      case HOUR_12 -> (hour = ranged(in.number(false), 0, 12, "hour")) >= 0;
      case ZERO_HOUR_12 -> (hour = ranged(in.number(true), 0, 12, "hour")) >= 0;
      case MINUTE -> (minute = ranged(in.number(false), 0, 59, "minute")) >= 0;
      case ZERO_MINUTE -> (minute = ranged(in.number(true), 0, 59, "minute")) >= 0;
      case SECOND -> (second = ranged(in.number(false), 0, 59, "second")) >= 0;
      case ZERO_SECOND -> (second = ranged(in.number(true), 0, 59, "second")) >= 0;
      case UPPER_PM -> half("PM", "AM");
      case LOWER_PM -> half("pm", "am");
      case ZONE_NAME -> zoneName();
      case OFFSET -> offset(part);
      case FRACTION_ZEROS -> in.left() >= part.text().length() && fraction(part.text().length());
      case FRACTION_NINES -> !fractionHere() || fraction(1 + in.digitsAt(1));
      case NUMBER_MONTH -> (date.month = ranged(in.number(false), 1, 12, "month")) >= 0;
      case ZERO_MONTH -> (date.month = ranged(in.number(true), 1, 12, "month")) >= 0;
      default -> date.read(part.kind(), in);
    };
  }

  private boolean fractionHere() {
    return (in.at(0) == '.' || in.at(0) == ',') && ValueCursor.isDigit(in.at(1));
  }

  private int ranged(int value, int least, int most, String name) {
    if (value >= 0 && (value < least || value > most)) {
      outOfRange = name;
    }
    return value;
  }

  private boolean half(String later, String earlier) {
    if (in.skip(later)) {
      isPm = true;
    } else if (in.skip(earlier)) {
      isAm = true;
    } else {
      return false;
    }
    return true;
  }

  private boolean zoneName() {
    if (in.skip("UTC")) {
      isUtc = true;
      return true;
    }
    int length = in.zoneNameLength();
    if (length == 0) {
      return false;
    }
    // Only the offset of a name would matter, and Go knows it for names of the local zone only.
    in.pos += length;
    return true;
  }

  private boolean offset(LayoutPart part) {
    if (part.writesZulu() && in.skip("Z")) {
      isUtc = true;
      return true;
    }
    if (in.left() < part.text().length()) {
      return false;
    }
    int start = in.pos;
    char sign = in.take(1).charAt(0);
    int[] numbers = new int[3];
    for (int i = 0; i < part.offsetNumbers(); i++) {
      if (i > 0 && part.hasColons() && !in.skip(":")) {
        return false;
      }
      numbers[i] = in.number(true);
      if (numbers[i] < 0) {
        in.pos = start;
        return false;
      }
    }
    // Some write offsets of 24 hours or 60 minutes.
    ranged(numbers[0], 0, 24, "time zone offset hour");
    ranged(numbers[1], 0, 60, "time zone offset minute");
    ranged(numbers[2], 0, 60, "time zone offset second");
    int seconds = (numbers[0] * 60 + numbers[1]) * 60 + numbers[2];
    offset = sign == '-' ? -seconds : seconds;
    return sign == '-' || sign == '+';
  }

  private Instant time() {
    if (isPm && hour < 12) {
      hour += 12;
    } else if (isAm && hour == 12) {
      hour = 0;
    }
    String wrong = date.settle();
    if (wrong != null) {
      throw failure(": " + wrong);
    }
    Instant local =
        LocalDateTime.of(date.year, date.month, date.day, hour, minute, second, nanos)
            .toInstant(ZoneOffset.UTC);
    if (isUtc) {
      return local;
    }
    return offset == null ? local : local.minusSeconds(offset);
  }
}
