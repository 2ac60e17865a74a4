package app.intentgate.server.fault;

import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.server.cli.CommandRun;
import app.intentgate.server.exchange.GateProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A data directory that is copied while its gate works is one that a gate can be started on. */
@Timeout(120)
class HotCopyTest {
  @TempDir Path directory;

  private final Load.Ledger ledger = new Load.Ledger();

  private String backup(Path to) {
    CommandRun copied = CommandRun.of("backup", to, "--data-dir", directory.resolve("data"));
    assertThat(copied.code()).as("%s", copied).isZero();
    return copied.out();
  }

  @ParameterizedTest
  @ValueSource(strings = {"sqlite", "file"})
  void a_copy_made_under_load_has_all_that_was_answered_before_it(String store) throws Exception {
    for (int round = 1; round <= 3; round++) {
      Path copy = directory.resolve("copy-" + round);
      Load.Ledger before = new Load.Ledger();
      try (GateProcess gate = FaultGate.start(directory.resolve("data"), "STORE", store)) {
        String token = Chain.mint(gate, 0);
        Chain.revoke(gate, "lost-" + round);
        try (Load load = new Load(gate, token, 4, ledger)) {
          load.untilDecided(100);
          before.add(ledger);
          assertThat(backup(copy)).contains("intact");
          load.untilDecided(50);
        }
      }
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(copy)))
          .isEqualTo("rwx------");
      try (GateProcess again = FaultGate.start(copy, "STORE", store)) {
        assertThat(Chain.check(again, before)).isGreaterThanOrEqualTo(100);
        assertThat(Chain.revoked(again)).contains("lost-" + round);
      }
    }
  }
}
