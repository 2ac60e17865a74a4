package app.intentgate.rego.time;

import java.util.List;

/** Names of months and days in English. */
final class Names {
  static final List<String> MONTHS =
      List.of(
          "January",
          "February",
          "March",
          "April",
          "May",
          "June",
          "July",
          "August",
          "September",
          "October",
          "November",
          "December");

  /** From Sunday on. */
  static final List<String> DAYS =
      List.of("Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday");

  private Names() {}

  static String shortName(String name) {
    return name.substring(0, 3);
  }
}
