package app.intentgate.check.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Clients of the contract know lengths of time in these words. */
class WindowsTest {
  @ParameterizedTest
  @CsvSource({
    "PT0S, 0ms",
    "PT0.25S, 250ms",
    "PT0.999S, 999ms",
    "PT1S, 1s",
    "PT1.5S, 1.5s",
    "PT1.02S, 1.02s",
    "PT59S, 59s",
    "PT1M, 1m0s",
    "PT5M, 5m0s",
    "PT61M5S, 1h1m5s",
    "PT1H, 1h0m0s",
    "PT24H, 24h0m0s",
    "PT100H0.003S, 100h0m0.003s"
  })
  void a_length_is_written_as_hours_minutes_and_seconds(Duration length, String text) {
    assertThat(Windows.text(length)).isEqualTo(text);
  }
}
