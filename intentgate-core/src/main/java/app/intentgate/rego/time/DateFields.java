package app.intentgate.rego.time;

import app.intentgate.rego.time.LayoutPart.Kind;
import java.time.LocalDate;
import java.time.Year;
import java.time.YearMonth;
import org.jspecify.annotations.Nullable;

/** Year, month and day as they are read, and what they mean together. */
final class DateFields {
  private static final int NOT_GIVEN = -1;

  int year;
  int month = NOT_GIVEN;
  int day = NOT_GIVEN;
  private int yearDay = NOT_GIVEN;

  /** Reads one part; false when it does not fit. */
  boolean read(Kind kind, ValueCursor in) {
    return switch (kind) {
      case LONG_YEAR -> longYear(in);
      case YEAR -> shortYear(in);
      case LONG_MONTH -> monthName(in, false);
      case MONTH_NAME -> monthName(in, true);
      case LONG_WEEKDAY -> in.name(Names.DAYS, false) >= 0;
      case WEEKDAY -> in.name(Names.DAYS, true) >= 0;
      case DAY -> (day = in.number(false)) >= 0;
      case ZERO_DAY -> (day = in.number(true)) >= 0;
      case SPACE_DAY -> {
        in.skip(" ");
        yield (day = in.number(false)) >= 0;
      }
      case SPACE_YEAR_DAY -> {
        for (int i = 0; i < 2; i++) {
          in.skip(" ");
        }
        yield yearDay(in, false);
      }
      case ZERO_YEAR_DAY -> yearDay(in, true);
      default -> throw new IllegalStateException("not a part of a date: " + kind);
    };
  }

  private boolean longYear(ValueCursor in) {
    if (in.digits(4) < 4) {
      return false;
    }
    year = Integer.parseInt(in.take(4));
    return true;
  }

  private boolean shortYear(ValueCursor in) {
    if (in.digits(2) < 2) {
      return false;
    }
    int two = Integer.parseInt(in.take(2));
    year = two >= 69 ? 1900 + two : 2000 + two;
    return true;
  }

  private boolean monthName(ValueCursor in, boolean shortened) {
    int index = in.name(Names.MONTHS, shortened);
    month = index + 1;
    return index >= 0;
  }

  private boolean yearDay(ValueCursor in, boolean three) {
    int digits = in.digits(3);
    if (digits == 0 || (three && digits < 3)) {
      return false;
    }
    yearDay = Integer.parseInt(in.take(digits));
    return true;
  }

  /** Fills in what was not given; says what is wrong, if anything. */
  @Nullable String settle() {
    if (yearDay != NOT_GIVEN) {
      if (yearDay < 1 || yearDay > Year.of(year).length()) {
        return "day-of-year out of range";
      }
      LocalDate date = LocalDate.ofYearDay(year, yearDay);
      if (month != NOT_GIVEN && month != date.getMonthValue()) {
        return "day-of-year does not match month";
      }
      if (day != NOT_GIVEN && day != date.getDayOfMonth()) {
        return "day-of-year does not match day";
      }
      month = date.getMonthValue();
      day = date.getDayOfMonth();
    }
    month = month == NOT_GIVEN ? 1 : month;
    day = day == NOT_GIVEN ? 1 : day;
    boolean valid = day >= 1 && day <= YearMonth.of(year, month).lengthOfMonth();
    return valid ? null : "day out of range";
  }
}
