package app.intentgate.file;

import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.memory.MemoryToolPinStore;
import app.intentgate.pin.PinStatus;
import app.intentgate.pin.ToolDefinition;
import app.intentgate.pin.ToolPin;
import app.intentgate.pin.ToolPinStore;
import app.intentgate.pin.ToolPinStoreContract;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileToolPinStoreTest extends ToolPinStoreContract {
  @TempDir Path folder;
  private FileStateStore state;

  @BeforeEach
  void open() {
    state = FileStateStore.open(folder, Clock.systemUTC());
  }

  @AfterEach
  void close() {
    state.close();
  }

  @Override
  protected ToolPinStore store() {
    return state.pins();
  }

  @Test
  void pins_outlast_a_restart_also_after_the_file_was_written_anew() {
    ToolDefinition was = new ToolDefinition("1".repeat(64), "{\"name\":\"a\"}");
    ToolDefinition is = new ToolDefinition("2".repeat(64), "{\"name\":\"b\"}");
    ToolPin first = new ToolPin("sap", "a", was, was, PinStatus.ACCEPTED, Instant.EPOCH);
    ToolPin then = new ToolPin("sap", "a", is, was, PinStatus.QUARANTINED, Instant.EPOCH);
    store().replace(null, first).toCompletableFuture().join();
    store().replace(first, then).toCompletableFuture().join();

    for (int restart = 0; restart < 2; restart++) {
      state.close();
      open();
      assertThat(store().list(null)).containsExactly(then);
    }
  }

  @Test
  void the_last_line_of_a_pin_is_its_last_change() {
    ToolDefinition was = new ToolDefinition("1".repeat(64), "{\"name\":\"a\"}");
    ToolPin held = new ToolPin("sap", "a", was, was, PinStatus.QUARANTINED, Instant.EPOCH);
    ToolPin accepted = new ToolPin("sap", "a", was, was, PinStatus.ACCEPTED, Instant.EPOCH);
    Overtaking log = new Overtaking();
    FileToolPinStore pins = new FileToolPinStore(new MemoryToolPinStore(), log);
    log.with(() -> pins.replace(accepted, held));
    pins.replace(null, accepted).toCompletableFuture().join();

    assertThat(log.lines()).containsExactly(PinLines.of(accepted), PinLines.of(held));
  }
}
