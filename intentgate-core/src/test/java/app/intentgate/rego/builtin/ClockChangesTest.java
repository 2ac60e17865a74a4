package app.intentgate.rego.builtin;

import static app.intentgate.rego.builtin.Calls.error;
import static app.intentgate.rego.builtin.Calls.text;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Dates that are added where clocks are set forward or back in between. */
class ClockChangesTest {
  private static final long NANOS = 1_000_000_000L;
  private static final List<String> ZONES =
      List.of(
          "America/New_York",
          "Europe/Berlin",
          "Europe/London",
          "Asia/Kathmandu",
          "Australia/Lord_Howe",
          "Pacific/Apia",
          "America/St_Johns",
          "Africa/Casablanca",
          "UTC");

  private static long nanos(String instant) {
    return Instant.parse(instant).getEpochSecond() * NANOS;
  }

  private static Instant instant(String nanos) {
    return Instant.ofEpochSecond(0, Long.parseLong(nanos));
  }

  /** The choices are those of Go's {@code time.Date}; they differ between zones. */
  @ParameterizedTest
  @CsvSource({
    // Clocks go forward: the time is never shown.
    "America/New_York, 2024-03-09T07:29:59Z, 1, 2024-03-10T06:29:59Z",
    "America/St_Johns, 2024-03-09T06:00:00Z, 1, 2024-03-10T05:00:00Z",
    "Europe/Berlin,    2024-03-30T01:30:00Z, 1, 2024-03-31T01:30:00Z",
    "Europe/London,    2024-03-30T01:30:00Z, 1, 2024-03-31T01:30:00Z",
    // Clocks go back: it is shown twice.
    "America/New_York, 2024-11-02T05:30:00Z, 1, 2024-11-03T05:30:00Z",
    "Europe/Berlin,    2024-10-26T00:30:00Z, 1, 2024-10-27T01:30:00Z",
    "Europe/London,    2024-10-26T00:30:00Z, 1, 2024-10-27T01:30:00Z",
    // At its edges it is shown once.
    "America/New_York, 2024-03-09T06:59:59Z, 1, 2024-03-10T06:59:59Z",
    "America/New_York, 2024-03-09T08:00:00Z, 1, 2024-03-10T07:00:00Z",
    "America/New_York, 2024-11-02T04:59:59Z, 1, 2024-11-03T04:59:59Z",
    "America/New_York, 2024-11-02T06:00:00Z, 1, 2024-11-03T07:00:00Z",
    "Europe/Berlin,    2024-10-26T01:00:00Z, 1, 2024-10-27T02:00:00Z",
    // A day that a zone left out.
    "Pacific/Apia,     2011-12-29T22:00:00Z, 1, 2011-12-30T22:00:00Z"
  })
  void a_time_that_clocks_show_twice_or_never_is_the_one_of_go(
      String zone, String from, int days, String to) throws Exception {
    assertThat(instant(text("time.add_date", List.of(nanos(from), zone), 0, 0, days)))
        .isEqualTo(Instant.parse(to));
  }

  /** The JDK as second opinion, wherever there is but one answer. */
  @Test
  void a_time_that_clocks_show_once_is_that_one() throws Exception {
    Random random = new Random(61);
    int certain = 0;
    for (int i = 0; i < 20_000; i++) {
      String zone = ZONES.get(random.nextInt(ZONES.size()));
      Instant start =
          Instant.ofEpochSecond(random.nextLong(-2_000_000_000L, 4_000_000_000L), i * 17L);
      ZonedDateTime from = start.atZone(ZoneId.of(zone));
      int years = random.nextInt(20) - 10;
      int months = random.nextInt(40) - 20;
      int days = random.nextInt(800) - 400;
      LocalDateTime to =
          from.toLocalDate()
              .withDayOfMonth(1)
              .plusYears(years)
              .plusMonths(months)
              .plusDays(from.getDayOfMonth() - 1L + days)
              .atTime(from.toLocalTime());
      List<ZoneOffset> offsets = ZoneId.of(zone).getRules().getValidOffsets(to);
      String added =
          text(
              "time.add_date",
              List.of(start.getEpochSecond() * NANOS + start.getNano(), zone),
              years,
              months,
              days);
      if (offsets.size() == 1) {
        certain++;
        assertThat(instant(added)).as("%s in %s", to, zone).isEqualTo(to.toInstant(offsets.get(0)));
      } else {
        assertThat(Math.abs(instant(added).getEpochSecond() - to.toEpochSecond(ZoneOffset.UTC)))
            .as("%s in %s", to, zone)
            .isLessThan(16 * 3600);
      }
    }
    assertThat(certain).isGreaterThan(19_000);
  }

  @Test
  void adding_nothing_moves_a_time_only_where_clocks_show_it_twice() throws Exception {
    Random random = new Random(62);
    for (int i = 0; i < 5_000; i++) {
      String zone = ZONES.get(random.nextInt(ZONES.size()));
      long second = random.nextLong(0, 4_000_000_000L);
      LocalDateTime shown = Instant.ofEpochSecond(second).atZone(ZoneId.of(zone)).toLocalDateTime();
      String added = text("time.add_date", List.of(second * NANOS, zone), 0, 0, 0);
      if (ZoneId.of(zone).getRules().getValidOffsets(shown).size() == 1) {
        assertThat(added).as("%s %s", second, zone).isEqualTo(Long.toString(second * NANOS));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "300, 0, 0",
    "-300, 0, 0",
    "0, 12000000, 0",
    "0, 0, 9223372036854775807",
    "9223372036854775807, 9223372036854775807, 9223372036854775807",
    "-9223372036854775808, 0, 0"
  })
  void beyond_292_years_there_are_no_nanoseconds(String years, String months, String days) {
    assertThat(error("time.add_date", 0, Calls.num(years), Calls.num(months), Calls.num(days)))
        .isEqualTo("time outside of valid range");
  }

  @Test
  void differences_are_the_same_in_both_directions_and_of_the_first_times_zone() throws Exception {
    Random random = new Random(63);
    for (int i = 0; i < 3_000; i++) {
      String zone = ZONES.get(random.nextInt(ZONES.size()));
      List<Object> a = List.of(random.nextLong(0, 4_000_000_000L) * NANOS, zone);
      List<Object> b = List.of(random.nextLong(0, 4_000_000_000L) * NANOS, zone);
      String difference = text("time.diff", a, b);
      assertThat(text("time.diff", b, a)).isEqualTo(difference);
      assertThat(text("time.diff", a, List.of(b.get(0), "UTC"))).isEqualTo(difference);
      assertThat(difference).doesNotContain("-");
    }
  }
}
