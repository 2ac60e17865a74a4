package app.intentgate.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.server.http.FailedSignIns.Summary;
import app.intentgate.server.http.FailedSignIns.Verdict;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class FailedSignInsTest {
  private final AtomicLong clock = new AtomicLong(1_000_000);
  private final FailedSignIns failures = new FailedSignIns(clock::get);

  @Test
  void theFirstOfAMinuteIsRecordedAndTheRestSummed() {
    assertThat(failures.count("10.0.0.1", "token-one")).isEqualTo(Verdict.FIRST);
    assertThat(failures.count("10.0.0.1", "token-one")).isEqualTo(Verdict.REPEATED);
    assertThat(failures.count("10.0.0.1", "token-oneX")).isEqualTo(Verdict.REPEATED);
    assertThat(failures.drain(false)).as("the minute still runs").isEmpty();

    clock.addAndGet(60_000);

    assertThat(failures.drain(false)).containsExactly(new Summary("10.0.0.1", 2));
    assertThat(failures.drain(false)).isEmpty();
    assertThat(failures.count("10.0.0.1", "token-one")).isEqualTo(Verdict.FIRST);
  }

  @Test
  void whoGoesOnMinuteAfterMinuteIsSummedAllTheSame() {
    for (int minute = 0; minute < 3; minute++) {
      for (int i = 0; i < 10; i++) {
        failures.count("10.0.0.1", "token-one");
      }
      clock.addAndGet(60_000);
    }

    assertThat(failures.drain(false))
        .containsExactly(
            new Summary("10.0.0.1", 9), new Summary("10.0.0.1", 9), new Summary("10.0.0.1", 9));
    assertThat(failures.drain(true)).isEmpty();
  }

  @Test
  void aStopSumsWhatIsThere() {
    failures.count("10.0.0.1", "");
    failures.count("10.0.0.1", "");

    assertThat(failures.drain(true)).containsExactly(new Summary("10.0.0.1", 1));
  }

  @Test
  void sourcesAreToldApartByAddressAndBeginningOfTheToken() {
    assertThat(failures.count("10.0.0.1", "aaaaaaaa1")).isEqualTo(Verdict.FIRST);
    assertThat(failures.count("10.0.0.2", "aaaaaaaa1")).isEqualTo(Verdict.FIRST);
    assertThat(failures.count("10.0.0.1", "bbbbbbbb1")).isEqualTo(Verdict.FIRST);
  }

  @Test
  void oneTooManyIsToldToWaitUntilTheMinuteIsOver() {
    for (int i = 0; i < FailedSignIns.LIMIT; i++) {
      assertThat(failures.count("10.0.0.1", "x")).isNotEqualTo(Verdict.TOO_MANY);
    }
    assertThat(failures.count("10.0.0.1", "x")).isEqualTo(Verdict.TOO_MANY);
    clock.addAndGet(60_000);
    assertThat(failures.count("10.0.0.1", "x")).isEqualTo(Verdict.FIRST);
  }

  @Test
  void sourcesBeyondTheBoundShareOneWindow() {
    for (int i = 0; i < 10_000; i++) {
      failures.count("10.0.0.1", "t" + i);
    }
    assertThat(failures.count("10.0.0.9", "new-one")).isEqualTo(Verdict.FIRST);
    assertThat(failures.count("10.0.0.8", "new-two")).isEqualTo(Verdict.REPEATED);
  }
}
