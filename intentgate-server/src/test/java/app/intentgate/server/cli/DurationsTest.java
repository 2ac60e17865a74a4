package app.intentgate.server.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

/** Durations as people write them. */
class DurationsTest {
  @ParameterizedTest
  @CsvSource({
    "90s, PT1M30S",
    "15m, PT15M",
    "1h30m, PT1H30M",
    "7d, PT168H",
    "500ms, PT0.5S",
    "1m1ms, PT1M0.001S",
    "1d2h3m4s5ms, PT26H3M4.005S",
    "30m1h, PT1H30M",
    "1m1m, PT2M",
    "0s, PT0S",
    "007s, PT7S",
    "999999999ms, PT277H46M39.999S"
  })
  void parts_add_up_whatever_their_order(String text, Duration meant) {
    assertThat(new Durations().convert(text)).isEqualTo(meant);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "5",
        "s",
        "-5s",
        "+5s",
        "5 s",
        " 5s",
        "5s ",
        "1.5h",
        "5S",
        "5sec",
        "1h30",
        "1w",
        "5s!",
        "1h,30m",
        "PT5S",
        "1234567890s",
        "٣s"
      })
  void anything_else_is_none_and_says_what_would_be(String text) {
    assertThatThrownBy(() -> new Durations().convert(text))
        .isInstanceOf(TypeConversionException.class)
        .hasMessage("\"" + text + "\" is no duration; write 90s, 15m, 1h30m or 7d");
  }

  @Test
  void a_sum_beyond_all_time_is_refused_and_no_token_is_printed() {
    CommandRun ran =
        CommandRun.of(
            "token", "attenuate", "x", "--tools", "a", "--ttl", "999999999d".repeat(200_000));
    assertThat(ran.code()).isEqualTo(2);
    assertThat(ran.out()).isEmpty();
  }
}
