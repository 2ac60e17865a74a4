package app.intentgate.rego.builtin;

import static app.intentgate.rego.builtin.Calls.error;
import static app.intentgate.rego.builtin.Calls.num;
import static app.intentgate.rego.builtin.Calls.text;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimesTest {
  private static final long NS = 1_700_000_000_123_456_789L;

  @Test
  void nowIsTheTimeOfTheEvaluation() throws Exception {
    assertThat(text("time.now_ns")).isEqualTo("1700000000123456789");
  }

  @ParameterizedTest
  @CsvSource({
    "1677-09-21T00:12:43.145224192-00:00, -9223372036854775808",
    "2262-04-11T23:47:16.854775807Z, 9223372036854775807",
    "2017-06-02T19:00:00-07:00, 1496455200000000000",
    "'2017-06-03T02:00:00,5Z', 1496455200500000000",
    "2017-06-03T2:00:00Z, 1496455200000000000"
  })
  void timesOfRfc3339AreRead(String value, String nanos) throws Exception {
    assertThat(text("time.parse_rfc3339_ns", value)).isEqualTo(nanos);
  }

  @Test
  void timesThatDoNotFit64BitsAreRefused() {
    String range = "time outside of valid range";
    assertThat(error("time.parse_rfc3339_ns", "2262-04-11T23:47:16.854775808Z")).isEqualTo(range);
    assertThat(error("time.parse_rfc3339_ns", "1677-09-21T00:12:43.145224191Z")).isEqualTo(range);
    assertThat(error("time.add_date", 0, 2262, 1, 1)).isEqualTo(range);
    assertThat(error("time.add_date", 0, Long.MAX_VALUE, 0, 0)).isEqualTo(range);
    assertThat(error("time.date", num("1e30"))).isEqualTo("timestamp too big");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "2006-01-02 | 2023-11-14 | 1699920000000000000",
        "RFC1123Z | Tue, 14 Nov 2023 22:13:20 +0100 | 1699996400000000000",
        "ANSIC | tue nov 14 22:13:20 2023 | 1700000000000000000",
        "Jan 2, 2006 at 3:04pm (MST) | Feb 3, 2013 at 7:54pm (PST) | 1359921240000000000",
        "2006-002 | 2024-366 | 1735603200000000000",
        "__2 2006 |   5 2023 | 1672876800000000000",
        "20060102T150405 | 20231114T221320 | 1700000000000000000",
        "02 Jan 06 15:04 -0700 | 14 Nov 23 22:13 -0500 | 1700017980000000000",
        "06 | 69 | -31536000000000000"
      })
  void layoutsAreReadAsGoDoes(String layout, String value, String nanos) throws Exception {
    assertThat(text("time.parse_ns", layout, value)).isEqualTo(nanos);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "2006-01-02 | 2023-13-01 | : month out of range",
        "2006-01-02 | 2023-02-29 | : day out of range",
        "2006-002 | 2023-366 | : day-of-year out of range",
        "2006-01-02 | 2023-11-14x | : extra text: \"x\"",
        "2006-01-02 | 23-11-14 | as \"2006-01-02\": cannot parse \"23-11-14\" as \"2006\"",
        "Jan 2 | Xyz 2 | as \"Jan 2\": cannot parse \"Xyz 2\" as \"Jan\"",
        "15:04 | 10.30 | as \"15:04\": cannot parse \".30\" as \":\"",
        "-07:00 | +25:00 | : time zone offset hour out of range",
        "2006 | \u00e9 | as \"2006\": cannot parse \"\\xc3\\xa9\" as \"2006\""
      })
  void whatDoesNotFitALayoutIsReportedInGosWords(String layout, String value, String message) {
    assertThat(error("time.parse_ns", layout, value))
        .startsWith("parsing time \"")
        .endsWith(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "UTC | '' | 2023-11-14T22:13:20.123456789Z",
        "Asia/Kolkata | RFC1123Z | Wed, 15 Nov 2023 03:43:20 +0530",
        "Europe/Berlin | Mon Jan _2 15:04:05.000 MST 2006 | Tue Nov 14 23:13:20.123 CET 2023",
        "America/New_York | Monday 3:04PM MST | Tuesday 5:13PM EST",
        "America/Sao_Paulo | 15:04 MST | 19:13 -03",
        "Asia/Kathmandu | MST -07:00 | +0545 +05:45",
        "UTC | Z07:00 -0700 .00 ,999 .000000000000 | Z +0000 .12 ,123 .123456789",
        "EST | 03 pm 002 __2 06 1 2 MST | 05 pm 318 318 23 11 14 EST",
        "UTC | January Jan Janet Monday Mon _2006 | November Nov Janet Tuesday Tue _2023"
      })
  void timesAreWrittenAsGoDoes(String zone, String layout, String expected) throws Exception {
    assertThat(text("time.format", List.of(NS, zone, layout))).isEqualTo('"' + expected + '"');
  }

  @Test
  void partsDependOnTheZone() throws Exception {
    List<Object> kiritimati = List.of(NS, "Pacific/Kiritimati");
    assertThat(text("time.date", NS)).isEqualTo("[2023, 11, 14]");
    assertThat(text("time.date", kiritimati)).isEqualTo("[2023, 11, 15]");
    assertThat(text("time.clock", kiritimati)).isEqualTo("[12, 13, 20]");
    assertThat(text("time.weekday", kiritimati)).isEqualTo("\"Wednesday\"");
    assertThat(error("time.date", List.of(NS, "Nope/Zone")))
        .isEqualTo("unknown time zone Nope/Zone");
    assertThat(error("time.date", List.of(NS, "../etc/passwd")))
        .isEqualTo("time: invalid location name");
    assertThat(error("time.date", "x"))
        .isEqualTo(
            "operand 1 must be either number (ns) or [number (ns), string (tz)] but got string");
  }

  @Test
  void datesRunOverIntoTheNextMonth() throws Exception {
    assertThat(text("time.add_date", 1585852421593912000L, 3, 9, 12))
        .isEqualTo("1705257221593912000");
    Object january31 = num("1706659200000000000");
    assertThat(text("time.format", Calls.call("time.add_date", january31, 0, 1, 0)))
        .isEqualTo("\"2024-03-02T00:00:00Z\"");
  }

  @Test
  void differencesCountCalendarUnits() throws Exception {
    long february = 1580601600000000000L;
    long march = 1583020800000000000L;
    assertThat(text("time.diff", february, march)).isEqualTo("[0, 0, 28, 0, 0, 0]");
    assertThat(text("time.diff", march, february)).isEqualTo("[0, 0, 28, 0, 0, 0]");
  }

  @ParameterizedTest
  @CsvSource({
    "1h15m30.918273645s, 4530918273645",
    "-1.5h, -5400000000000",
    "+5s, 5000000000",
    "0, 0",
    "1us, 1000",
    "'1\u00b5s', 1000",
    "1d2h30m, 95400000000000",
    "1.5w, 907200000000000",
    "-1y, -31536000000000000",
    ".5s, 500000000",
    "9223372036854775807ns, 9223372036854775807",
    "-9223372036854775808ns, -9223372036854775808"
  })
  void durationsAreRead(String text, String nanos) throws Exception {
    assertThat(text("time.parse_duration_ns", text)).isEqualTo(nanos);
  }

  @ParameterizedTest
  @CsvSource({
    "'', time: invalid duration \"\"",
    "3, time: missing unit in duration \"3\"",
    "1x, time: unknown unit \"x\" in duration \"1x\"",
    ".s, time: invalid duration \".s\"",
    "9223372036854775808ns, time: invalid duration \"9223372036854775808ns\"",
    "300y, time: invalid duration \"300y\"",
    "1..5d, time: invalid duration \"1..5d\""
  })
  void wrongDurationsAreReported(String text, String message) {
    assertThat(error("time.parse_duration_ns", text)).isEqualTo(message);
  }

  @Test
  void layouts_have_a_length() throws Exception {
    assertThat(error("time.parse_ns", "2006".repeat(2_501), "9"))
        .isEqualTo("layout is longer than 10000 characters");
    assertThat(error("time.format", List.of(1, "UTC", "MST".repeat(4_000))))
        .isEqualTo("layout is longer than 10000 characters");
    assertThat(text("time.format", List.of(1, "Europe/Berlin", "MST".repeat(1_000))))
        .isEqualTo('"' + "CET".repeat(1_000) + '"');
  }

  @Test
  void durations_have_a_length() throws Exception {
    assertThat(text("time.parse_duration_ns", "0".repeat(9_998) + "1s")).isEqualTo("1000000000");
    assertThat(error("time.parse_duration_ns", "0".repeat(9_999) + "1s"))
        .isEqualTo("time: duration is longer than 10000 characters");
  }
}
