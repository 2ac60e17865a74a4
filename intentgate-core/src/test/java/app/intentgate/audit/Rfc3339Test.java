package app.intentgate.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One time has one spelling. */
class Rfc3339Test {
  /** Reads a time among other bytes, which no reader may look at. */
  private static Instant read(String time) {
    byte[] text = ("Z." + time + "Z0").getBytes(StandardCharsets.UTF_8);
    return Rfc3339.read(text, 2, text.length - 2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0000-01-01T00:00:00Z",
        "0001-02-03T04:05:06Z",
        "1969-12-31T23:59:59.999999999Z",
        "1970-01-01T00:00:00Z",
        "2024-02-29T12:00:00Z",
        "2026-05-11T22:30:00.1Z",
        "2026-05-11T22:30:00.01Z",
        "2026-05-11T22:30:00.120003Z",
        "2026-05-11T22:30:00.000000001Z",
        "2026-10-20T20:10:50.5Z",
        "9999-12-31T23:59:59.999999Z"
      })
  void a_time_is_written_as_it_is_read(String time) {
    assertThat(read(time)).isEqualTo(Instant.parse(time));
    assertThat(Rfc3339.text(Instant.parse(time))).isEqualTo(time);
    assertThat(Rfc3339.canSpell(Instant.parse(time))).isTrue();
  }

  @Test
  void random_times_are_written_as_they_are_read() {
    Random random = new Random(91);
    long first = Instant.parse("0000-01-01T00:00:00Z").getEpochSecond();
    long last = Instant.parse("9999-12-31T23:59:59Z").getEpochSecond();
    for (int i = 0; i < 2_000; i++) {
      long second = first + (long) (random.nextDouble() * (last - first));
      int places = (int) Math.pow(10, random.nextInt(9));
      int nano = random.nextInt(1_000_000_000) / places * places;
      Instant time = Instant.ofEpochSecond(second, nano);
      assertThat(read(Rfc3339.text(time))).isEqualTo(time);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Z",
        "2026-05-11T22:30:00",
        "2026-05-11T22:30:0Z",
        "2026-05-11T22:30:00.Z",
        "2026-05-11T22:30:00.0Z",
        "2026-05-11T22:30:00.10Z",
        "2026-05-11T22:30:00.1234567891Z",
        "2026-05-11T22:30:00,1Z",
        "2026-05-11T22:30:001Z",
        "2026-05-11T22:30:00.1",
        "2026-05-11T22:30:00z",
        "2026-05-11t22:30:00Z",
        "2026-05-11 22:30:00Z",
        "2026/05-11T22:30:00Z",
        "2026-05/11T22:30:00Z",
        "2026-05-11T22.30:00Z",
        "2026-05-11T22:30.00Z",
        "2026-05-11T22:30:00+00:00",
        "2026-13-11T22:30:00Z",
        "2026-02-29T22:30:00Z",
        "2026-05-11T24:00:00Z",
        "2026-05-11T22:60:00Z",
        "2026-05-11T22:30:60Z",
        "+026-05-11T22:30:00Z",
        "2026-05-11T22:30:0:Z",
        "2026-05-11T22:30:0/Z",
        "2026-05-11T22:30:00.1:Z",
        "2026-05-11T22:30:00.-1Z",
        "\u0662026-05-11T22:30:00Z"
      })
  void any_other_spelling_is_refused(String time) {
    assertThatThrownBy(() -> read(time))
        .isInstanceOfSatisfying(
            AuditException.class,
            e -> assertThat(e.code()).isEqualTo(AuditException.Code.UNREADABLE))
        .hasMessageContaining("RFC 3339");
  }

  @Test
  void a_year_of_five_digits_or_before_the_first_is_not_spelled() {
    for (String time : new String[] {"+10000-01-01T00:00:00Z", "-0001-12-31T23:59:59.9Z"}) {
      Instant at = Instant.parse(time);
      assertThat(Rfc3339.canSpell(at)).isFalse();
      assertThatThrownBy(() -> Rfc3339.text(at)).isInstanceOf(IllegalArgumentException.class);
    }
  }
}
