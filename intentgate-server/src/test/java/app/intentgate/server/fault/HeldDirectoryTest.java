package app.intentgate.server.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.intentgate.server.exchange.GateProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A data directory belongs to its user, and to one living gate at a time. */
@Timeout(120)
class HeldDirectoryTest {
  @TempDir Path directory;

  private final Load.Ledger ledger = new Load.Ledger();

  @Test
  void a_second_gate_is_refused_the_directory_until_the_first_is_gone() throws Exception {
    Path data = directory.resolve("data");
    try (GateProcess gate = FaultGate.start(data, "STORE", "sqlite")) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data)))
          .isEqualTo("rwx------");
      String token = Chain.mint(gate, 0);
      assertThatThrownBy(() -> FaultGate.start(data, "STORE", "sqlite").close())
          .hasMessageContaining("open in process " + gate.pid());
      assertThat(Load.call(gate, token, ledger)).as("the first goes on").isTrue();
      gate.end(true);
      try (GateProcess next = FaultGate.start(data, "STORE", "sqlite")) {
        assertThat(Load.call(next, token, ledger)).isTrue();
        assertThat(Chain.check(next, ledger)).isEqualTo(2);
      }
    }
  }
}
