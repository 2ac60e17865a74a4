package app.intentgate.rego.builtin;

import app.intentgate.rego.ExpressionTable;
import app.intentgate.rego.Expressions;

/** Times: reading, writing, zones with their changes, calendars. */
class CalendarTest {
  /** 2024-03-10T06:59:59Z: a second before clocks go forward in New York. */
  private static final String RULES =
      """
      before := 1710053999000000000

      after := 1710054000000000000

      leap := 1709164800000000000

      autumn := 1730613600000000000
      """;

  @Expressions(
      rules = RULES,
      value =
          """
          time.clock(0) => [0, 0, 0]
          time.date(0) => [1970, 1, 1]
          time.weekday(0) => "Thursday"
          time.date(leap) => [2024, 2, 29]
          time.weekday(leap) => "Thursday"
          time.date([leap, "UTC"]) => [2024, 2, 29]
          time.date([leap, ""]) => [2024, 2, 29]
          time.date([leap, "America/New_York"]) => [2024, 2, 28]
          time.clock([leap, "Asia/Kolkata"]) => [5, 30, 0]
          time.clock([before, "America/New_York"]) => [1, 59, 59]
          time.clock([after, "America/New_York"]) => [3, 0, 0]
          # Clocks show one o'clock twice when they go back.
          time.clock([autumn, "America/New_York"]) => [1, 0, 0]
          time.clock([autumn - 3600000000000, "America/New_York"]) => [1, 0, 0]
          time.clock([autumn - 3600000000001, "America/New_York"]) => [0, 59, 59]
          time.date(-1) => [1969, 12, 31]
          time.clock(-1) => [23, 59, 59]
          time.clock(1.5) => builtin error: time.clock: timestamp too big
          time.date([leap, "Mars/Olympus"]) => builtin error: time.date: unknown time zone Mars/Olympus
          time.weekday([leap, "Pacific/Auckland"]) => "Thursday"
          time.weekday([leap - 1, "UTC"]) => "Wednesday"
          """)
  void parts_are_those_of_the_zone(ExpressionTable.Line line) {
    line.check();
  }

  @Expressions(
      """
      time.parse_rfc3339_ns("1970-01-01T00:00:00Z") => 0
      time.parse_rfc3339_ns("2024-02-29T00:00:00Z") => 1709164800000000000
      time.parse_rfc3339_ns("2024-02-29T01:00:00+01:00") => 1709164800000000000
      time.parse_rfc3339_ns("2024-02-28T19:00:00-05:00") => 1709164800000000000
      time.parse_rfc3339_ns("1969-12-31T23:59:59.999999999Z") => -1
      time.parse_rfc3339_ns("2024-02-29T00:00:00.5Z") => 1709164800500000000
      time.parse_rfc3339_ns("2023-02-29T00:00:00Z") => builtin error: time.parse_rfc3339_ns: parsing time "2023-02-29T00:00:00Z": day out of range
      time.parse_rfc3339_ns("2024-13-01T00:00:00Z") => builtin error: time.parse_rfc3339_ns: parsing time "2024-13-01T00:00:00Z": month out of range
      time.parse_rfc3339_ns("2024-01-01T24:00:00Z") => builtin error: time.parse_rfc3339_ns: parsing time "2024-01-01T24:00:00Z": hour out of range
      time.parse_rfc3339_ns("2024-01-01") => builtin error: time.parse_rfc3339_ns: ...
      time.parse_rfc3339_ns("2024-01-01T00:00:00") => builtin error: time.parse_rfc3339_ns: ...
      time.parse_ns("2006-01-02", "2024-02-29") => 1709164800000000000
      time.parse_ns("02/01/2006 15:04", "29/02/2024 12:30") => 1709209800000000000
      time.parse_ns("RFC3339", "2024-02-29T00:00:00Z") => 1709164800000000000
      time.parse_ns("RFC822Z", "29 Feb 24 00:00 +0000") => 1709164800000000000
      time.parse_ns("Jan _2 2006", "Feb  9 2024") => 1707436800000000000
      time.parse_ns("2006-01-02T15:04:05.000Z07:00", "2024-02-29T00:00:00.250Z") => 1709164800250000000
      time.parse_ns("2006-01-02 3:04PM", "2024-02-29 12:30AM") => 1709166600000000000
      time.parse_ns("2006-01-02 3:04PM", "2024-02-29 12:30PM") => 1709209800000000000
      time.parse_ns("2006-01-02 03:04pm", "2024-02-29 11:30pm") => 1709249400000000000
      time.parse_ns("2006-01-02 15:4:5", "2024-02-29 12:3:7") => 1709208187000000000
      time.parse_ns("2006-01-02 15:04:05.999", "2024-02-29 00:00:00.25") => 1709164800250000000
      time.parse_ns("2006-01-02 15:04:05.999", "2024-02-29 00:00:00") => 1709164800000000000
      time.parse_ns("Monday, 2 January 2006", "Thursday, 29 February 2024") => 1709164800000000000
      time.parse_ns("2006 002", "2024 060") => 1709164800000000000
      time.parse_ns("2006-01-02 002", "2024-02-29 061") => builtin error: time.parse_ns: parsing time "2024-02-29 061": day-of-year does not match month
      # A name of a zone is read, but only offsets change the time.
      time.parse_ns("2006-01-02 MST", "2024-02-29 CEST") => 1709164800000000000
      time.parse_ns("2006-01-02 MST", "2024-02-29 GMT+3") => 1709164800000000000
      time.parse_ns("2006-01-02 MST", "2024-02-29 +03") => 1709164800000000000
      time.parse_ns("2006-01-02 MST", "2024-02-29 WITA") => 1709164800000000000
      time.parse_ns("2006-01-02 MST", "2024-02-29 ChST") => 1709164800000000000
      time.parse_ns("2006-01-02 MST", "2024-02-29 UTC") => 1709164800000000000
      time.parse_ns("2006-01-02 MST", "2024-02-29 abc") => builtin error: time.parse_ns: ...
      time.parse_ns("2006-01-02 MST", "2024-02-29 GMT+24") => builtin error: time.parse_ns: ...
      time.parse_ns("2006-01-02 -0700", "2024-02-29 -0130") => 1709170200000000000
      time.parse_ns("2006-01-02 Z07:00", "2024-02-29 Z") => 1709164800000000000
      time.parse_ns("2006-01-02 -07:00:00", "2024-02-29 +00:00:30") => 1709164770000000000
      time.parse_ns("2006-01-02 -0700", "2024-02-29 0130") => builtin error: time.parse_ns: ...
      time.parse_ns("2006-01-02 15:04", "2024-02-29 12:60") => builtin error: time.parse_ns: parsing time "2024-02-29 12:60": minute out of range
      time.parse_ns("2006-01-02 PM", "2024-02-29 XM") => builtin error: time.parse_ns: ...
      time.parse_ns("2006-01-02", "2024-02-30") => builtin error: time.parse_ns: parsing time "2024-02-30": day out of range
      time.parse_ns("2006-01-02", "29.02.2024") => builtin error: time.parse_ns: parsing time "29.02.2024" as "2006-01-02": cannot parse "29.02.2024" as "2006"
      time.parse_duration_ns("1h30m") => 5400000000000
      time.parse_duration_ns("-2.5s") => -2500000000
      time.parse_duration_ns("1ms2us3ns") => 1002003
      time.parse_duration_ns("0") => 0
      time.parse_duration_ns("1") => builtin error: time.parse_duration_ns: time: missing unit in duration "1"
      time.parse_duration_ns("x") => builtin error: time.parse_duration_ns: time: invalid duration "x"
      """)
  void texts_are_read(ExpressionTable.Line line) {
    line.check();
  }

  @Expressions(
      rules = RULES,
      value =
          """
          time.format(0) => "1970-01-01T00:00:00Z"
          time.format(leap + 123456789) => "2024-02-29T00:00:00.123456789Z"
          time.format(leap + 100000000) => "2024-02-29T00:00:00.1Z"
          time.format([leap, "Europe/Berlin"]) => "2024-02-29T01:00:00+01:00"
          time.format([after, "America/New_York"]) => "2024-03-10T03:00:00-04:00"
          time.format([before, "America/New_York"]) => "2024-03-10T01:59:59-05:00"
          time.format([leap, "UTC", "RFC1123"]) => "Thu, 29 Feb 2024 00:00:00 UTC"
          time.format([leap, "America/New_York", "RFC1123Z"]) => "Wed, 28 Feb 2024 19:00:00 -0500"
          time.format([leap, "UTC", "2006/01/02 03:04PM"]) => "2024/02/29 12:00AM"
          time.format([leap, "UTC", "Monday, January 2"]) => "Thursday, February 29"
          time.format([leap, "UTC", "RFC850"]) => "Thursday, 29-Feb-24 00:00:00 UTC"
          time.format([leap, "UTC", "Kitchen"]) => "Kitchen"
          time.format([leap + 65000000000, "UTC", "15:4:5"]) => "00:1:5"
          time.parse_rfc3339_ns(time.format(leap)) == leap => true
          """)
  void times_are_written(ExpressionTable.Line line) {
    line.check();
  }

  @Expressions(
      rules = RULES,
      value =
          """
          time.format(time.add_date(leap, 1, 0, 0)) => "2025-03-01T00:00:00Z"
          time.format(time.add_date(leap, 4, 0, 0)) => "2028-02-29T00:00:00Z"
          time.format(time.add_date(leap, 0, 1, 0)) => "2024-03-29T00:00:00Z"
          time.format(time.add_date(leap, 0, 0, 1)) => "2024-03-01T00:00:00Z"
          time.format(time.add_date(leap, -1, 0, 0)) => "2023-03-01T00:00:00Z"
          time.format(time.add_date(leap, 0, -2, 0)) => "2023-12-29T00:00:00Z"
          time.format(time.add_date(leap, 0, -26, 0)) => "2021-12-29T00:00:00Z"
          time.format(time.add_date(leap, 0, -2, -29)) => "2023-11-30T00:00:00Z"
          time.format(time.add_date(leap, 0, 22, 0)) => "2025-12-29T00:00:00Z"
          time.format(time.add_date(leap, 0, 11, 0)) => "2025-01-29T00:00:00Z"
          time.add_date(leap, 0, 0, 0) == leap => true
          time.diff(leap, leap) => [0, 0, 0, 0, 0, 0]
          time.diff(leap, time.add_date(leap, 0, 0, 1)) => [0, 0, 1, 0, 0, 0]
          time.diff(leap, leap + 3723000000000) => [0, 0, 0, 1, 2, 3]
          time.diff(leap + 3723000000000, leap) => [0, 0, 0, 1, 2, 3]
          time.diff(946684800000000000, 981173106000000000) => [1, 1, 2, 4, 5, 6]
          time.diff([leap, "Europe/Berlin"], [leap, "America/New_York"]) => [0, 0, 0, 0, 0, 0]
          """)
  void calendars_are_added_and_subtracted(ExpressionTable.Line line) {
    line.check();
  }
}
