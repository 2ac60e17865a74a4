package app.intentgate.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StoredTextTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "1970-01-01T00:00:00Z",
        "1969-12-31T23:59:59.999999Z",
        "2026-01-02T03:04:05.000006Z",
        "2262-04-12T00:00:00Z",
        "9999-12-31T23:59:59.999999Z",
        "0000-01-01T00:00:00Z"
      })
  void a_time_comes_back_as_it_was(String text) {
    Instant time = Instant.parse(text);
    assertThat(StoredText.instant(StoredText.micros(time))).isEqualTo(time);
    assertThat(StoredText.micros(time.plusNanos(999))).isEqualTo(StoredText.micros(time));
  }

  @Test
  void a_time_that_no_number_of_microseconds_can_say_counts_as_the_nearest_that_one_can() {
    for (long micros : new long[] {Long.MIN_VALUE, Long.MIN_VALUE + 1, Long.MAX_VALUE}) {
      assertThat(StoredText.micros(StoredText.instant(micros))).isEqualTo(micros);
    }
    Instant last = StoredText.instant(Long.MAX_VALUE);
    assertThat(last).isBetween("+294247-01-01T00:00:00Z", "+294248-01-01T00:00:00Z");
    assertThat(StoredText.micros(last.plusNanos(1_000))).isEqualTo(Long.MAX_VALUE);
    assertThat(StoredText.micros(Instant.MAX)).isEqualTo(Long.MAX_VALUE);
    Instant first = StoredText.instant(Long.MIN_VALUE);
    assertThat(first).isBetween("-290308-01-01T00:00:00Z", "-290307-01-01T00:00:00Z");
    assertThat(StoredText.micros(first.minusNanos(1))).isEqualTo(Long.MIN_VALUE);
    assertThat(StoredText.micros(Instant.MIN)).isEqualTo(Long.MIN_VALUE);
  }
}
