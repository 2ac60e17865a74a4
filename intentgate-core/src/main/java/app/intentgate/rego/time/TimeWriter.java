package app.intentgate.rego.time;

import java.time.ZonedDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes one time. Not for use by several threads. */
final class TimeWriter {
  private final ZonedDateTime time;
  private final StringBuilder out = new StringBuilder();

  /** Looked up when a layout first asks for it: it may ask very often, and that takes long. */
  private @Nullable String zoneName;

  TimeWriter(ZonedDateTime time) {
    this.time = time;
  }

  String write(List<LayoutPart> parts) {
    for (LayoutPart part : parts) {
      write(part);
    }
    return out.toString();
  }

  private void write(LayoutPart part) {
    String month = Names.MONTHS.get(time.getMonthValue() - 1);
    String day = Names.DAYS.get(time.getDayOfWeek().getValue() % 7);
    int hour12 = (time.getHour() + 11) % 12 + 1;
    switch (part.kind()) {
      case TEXT -> out.append(part.text());
      case LONG_MONTH -> out.append(month);
      case MONTH_NAME -> out.append(Names.shortName(month));
      case NUMBER_MONTH -> out.append(time.getMonthValue());
      case ZERO_MONTH -> number(time.getMonthValue(), 2, '0');
      case LONG_WEEKDAY -> out.append(day);
      case WEEKDAY -> out.append(Names.shortName(day));
      case DAY -> out.append(time.getDayOfMonth());
      case SPACE_DAY -> number(time.getDayOfMonth(), 2, ' ');
      case ZERO_DAY -> number(time.getDayOfMonth(), 2, '0');
      case SPACE_YEAR_DAY -> number(time.getDayOfYear(), 3, ' ');
      case ZERO_YEAR_DAY -> number(time.getDayOfYear(), 3, '0');
      case HOUR -> number(time.getHour(), 2, '0');
      case HOUR_12 -> out.append(hour12);
      case ZERO_HOUR_12 -> number(hour12, 2, '0');
      case MINUTE -> out.append(time.getMinute());
      case ZERO_MINUTE -> number(time.getMinute(), 2, '0');
      case SECOND -> out.append(time.getSecond());
      case ZERO_SECOND -> number(time.getSecond(), 2, '0');
      case LONG_YEAR -> number(time.getYear(), 4, '0');
      case YEAR -> number(time.getYear() % 100, 2, '0');
      case UPPER_PM -> out.append(time.getHour() >= 12 ? "PM" : "AM");
      case LOWER_PM -> out.append(time.getHour() >= 12 ? "pm" : "am");
      case ZONE_NAME -> out.append(zoneName());
      case OFFSET -> offset(part);
      case FRACTION_ZEROS, FRACTION_NINES -> fraction(part);
    }
  }

  private String zoneName() {
    String name = zoneName;
    if (name == null) {
      name = ZoneNames.of(time);
      zoneName = name;
    }
    return name;
  }

  private void number(int value, int width, char padding) {
    String digits = Integer.toString(value);
    out.append(String.valueOf(padding).repeat(Math.max(0, width - digits.length())));
    out.append(digits);
  }

  private void offset(LayoutPart part) {
    int seconds = time.getOffset().getTotalSeconds();
    if (seconds == 0 && part.writesZulu()) {
      out.append('Z');
      return;
    }
    int[] numbers = {Math.abs(seconds) / 3600, Math.abs(seconds) / 60 % 60, Math.abs(seconds) % 60};
    // The sign is that of the whole minutes.
    out.append(seconds / 60 < 0 ? '-' : '+');
    for (int i = 0; i < part.offsetNumbers(); i++) {
      if (i > 0 && part.hasColons()) {
        out.append(':');
      }
      number(numbers[i], 2, '0');
    }
  }

  private void fraction(LayoutPart part) {
    String digits = Integer.toString(1_000_000_000 + time.getNano()).substring(1);
    int count = Math.min(9, part.fractionDigits());
    digits = digits.substring(0, count);
    if (part.kind() == LayoutPart.Kind.FRACTION_NINES) {
      int end = digits.length();
      while (end > 0 && digits.charAt(end - 1) == '0') {
        end--;
      }
      digits = digits.substring(0, end);
    }
    if (!digits.isEmpty()) {
      out.append(part.text().charAt(0)).append(digits);
    }
  }
}
