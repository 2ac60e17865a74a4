package app.intentgate.file;

import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonString;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateLogTest {
  private static final Duration WAIT = Duration.ofSeconds(20);
  private static final JsonObject LINE = JsonObject.of("t", JsonString.of("line"));

  @TempDir private Path folder;

  private StateLog open(Supplier<List<JsonObject>> compacted) {
    return StateLog.open(folder.resolve("state.jsonl"), 1, line -> {}, compacted);
  }

  /** What memory says can be told when the log is opened, and never again. */
  private static Supplier<List<JsonObject>> once(Supplier<List<JsonObject>> afterwards) {
    AtomicInteger asked = new AtomicInteger();
    return () -> asked.getAndIncrement() == 0 ? List.of() : afterwards.get();
  }

  @Test
  void nobody_waits_for_a_writer_that_has_ended_and_another_may_open_its_file() {
    StateLog log =
        open(
            once(
                () -> {
                  throw new OutOfMemoryError("no room to write it anew");
                }));
    assertThat(log.append(LINE).toCompletableFuture()).succeedsWithin(WAIT);
    assertThat(log.append(LINE).toCompletableFuture()).failsWithin(WAIT);
    assertThat(log.append(LINE).toCompletableFuture()).failsWithin(WAIT);
    assertThat(log.problem()).contains("has ended");
    log.close();
    open(List::of).close();
  }

  @Test
  void a_log_that_cannot_be_written_anew_goes_on_growing() {
    StateLog log =
        open(
            once(
                () -> {
                  throw new IllegalStateException("memory says nothing");
                }));
    for (int i = 0; i < 20; i++) {
      assertThat(log.append(LINE).toCompletableFuture()).succeedsWithin(WAIT);
    }
    assertThat(log.problem()).isNull();
    log.close();
    assertThat(folder.resolve("state.jsonl")).content().hasLineCount(20);
  }
}
