package app.intentgate.rego.time;

/**
 * A part of a layout.
 *
 * @param kind what it stands for
 * @param text how the layout writes it
 */
record LayoutPart(Kind kind, String text) {

  /** What a part stands for. */
  enum Kind {
    TEXT,
    LONG_MONTH,
    MONTH_NAME,
    NUMBER_MONTH,
    ZERO_MONTH,
    LONG_WEEKDAY,
    WEEKDAY,
    DAY,
    SPACE_DAY,
    ZERO_DAY,
    SPACE_YEAR_DAY,
    ZERO_YEAR_DAY,
    HOUR,
    HOUR_12,
    ZERO_HOUR_12,
    MINUTE,
    ZERO_MINUTE,
    SECOND,
    ZERO_SECOND,
    LONG_YEAR,
    YEAR,
    UPPER_PM,
    LOWER_PM,
    ZONE_NAME,
    OFFSET,
    FRACTION_ZEROS,
    FRACTION_NINES
  }

  boolean isFraction() {
    return kind == Kind.FRACTION_ZEROS || kind == Kind.FRACTION_NINES;
  }

  /** Digits of a fraction of a second. */
  int fractionDigits() {
    return text.length() - 1;
  }

  /** Whether an offset of zero is written {@code Z}. */
  boolean writesZulu() {
    return text.charAt(0) == 'Z';
  }

  /** Whether there are colons in an offset. */
  boolean hasColons() {
    return text.indexOf(':') > 0;
  }

  /** How many numbers an offset has: hours, then minutes, then seconds. */
  int offsetNumbers() {
    int digits = text.replace(":", "").length() - 1;
    return digits / 2;
  }
}
