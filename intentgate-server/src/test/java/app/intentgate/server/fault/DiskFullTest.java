package app.intentgate.server.fault;

import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.server.exchange.Answer;
import app.intentgate.server.exchange.GateProcess;
import app.intentgate.server.exchange.RawHttp;
import app.intentgate.testing.Eventually;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A disk that takes no more under load. The limit on the size of files of a process stands in for
 * it: the same calls fail in the same places, and it needs no rights.
 */
@Timeout(180)
class DiskFullTest {
  @TempDir Path directory;

  private final Load.Ledger ledger = new Load.Ledger();

  private static void limit(GateProcess gate, String bytes) throws Exception {
    int status;
    try {
      status =
          new ProcessBuilder(
                  "prlimit", "--pid", String.valueOf(gate.pid()), "--fsize=" + bytes + ":")
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor();
    } catch (IOException e) {
      status = -1;
    }
    Assumptions.assumeTrue(status == 0, "prlimit cannot be used here: full disks not tested");
  }

  private static int ready(GateProcess gate) {
    return RawHttp.call(gate.port(), "GET", "/readyz", List.of(), new byte[0]).status();
  }

  private static void until(GateProcess gate, int status) {
    Eventually.until("ready is " + status, () -> ready(gate) == status);
  }

  private long size(String file) throws IOException {
    return Files.size(directory.resolve("data").resolve(file));
  }

  @Test
  void a_full_spill_file_holds_callers_up_then_refuses_them_and_loses_none_it_answered_B26()
      throws Exception {
    try (OwnPostgres database = new OwnPostgres(directory.resolve("pg"));
        GateProcess gate =
            FaultGate.start(
                directory.resolve("data"),
                "POSTGRES_URL",
                database.url(),
                "AUDIT_MODE",
                "buffered",
                "AUDIT_WAIT_MS",
                "1000")) {
      String token = Chain.mint(gate, 0);
      try (Load load = new Load(gate, token, 8, ledger)) {
        load.untilDecided(60);
        database.kill();
        load.until("events in the spill file", all -> spilled() > 0);
        limit(gate, String.valueOf(spilled()));
        load.until("refusals", all -> all.refused.size() >= 8);
        int begun = ledger.begun();
        load.until("more", all -> all.refused.stream().filter(n -> n > begun).count() >= 8);
        assertThat(ledger.lastDecided.get()).as("decided").isLessThanOrEqualTo(begun);
        limit(gate, "unlimited");
        load.untilDecided(30);
      }
      database.start();
      until(gate, 200);
      Eventually.until("the spill file is handed on", () -> spilled() == 0);
      Chain.check(gate, ledger);
      assertThat(gate.terminate()).isZero();
    }
  }

  private long spilled() {
    try {
      return size("audit.spill");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void a_full_state_file_refuses_changes_and_charges_says_so_and_recovers() throws Exception {
    String[] variables = {"STORE", "file"};
    int most = 500;
    String token;
    try (GateProcess gate = FaultGate.start(directory.resolve("data"), variables)) {
      token = Chain.mint(gate, most);
      // A large draft: the state file is longer than the log, and reaches the limit alone.
      assertThat(Chain.draft(gate, 400_000).status()).isEqualTo(201);
      limit(gate, String.valueOf(size("state.jsonl")));
      Answer refused = Chain.revoke(gate, "some-token");
      assertThat(refused.status()).as("%s", refused).isEqualTo(503);
      until(gate, 503);
      try (Load load = new Load(gate, token, 4, ledger)) {
        load.until("charges to be refused", all -> all.denied.size() >= 8);
      }
      assertThat(ledger.allowed).as("allowed without a charge").isEmpty();

      limit(gate, "unlimited");
      until(gate, 200);
      assertThat(Chain.revoke(gate, "another-token").status()).isEqualTo(200);
      try (Load load = new Load(gate, token, 4, ledger)) {
        load.until("calls", all -> all.allowed.size() >= 30);
      }
      assertThat(gate.terminate()).isZero();
    }
    try (GateProcess again = FaultGate.start(directory.resolve("data"), variables)) {
      assertThat(Chain.revoked(again)).contains("another-token");
      int denied = ledger.denied.size();
      try (Load load = new Load(again, token, 4, ledger)) {
        load.until("the budget to be spent", all -> all.denied.size() >= denied + 20);
      }
      assertThat(Chain.check(again, ledger)).isEqualTo(most);
    }
  }

  @ParameterizedTest
  @CsvSource({"file, audit.jsonl", "sqlite, intentgate.db-wal"})
  void fails_closed_says_so_and_recovers_with_nobody_asking(String store, String grows)
      throws Exception {
    String[] variables = {"STORE", store, "AUDIT_WAIT_MS", "1000"};
    try (GateProcess gate = FaultGate.start(directory.resolve("data"), variables)) {
      String token = Chain.mint(gate, 0);
      try (Load load = new Load(gate, token, 4, ledger)) {
        load.untilDecided(60);
        limit(gate, String.valueOf(size(grows)));
        load.until("refusals", all -> all.refused.size() >= 8);
        int begun = ledger.begun();
        load.until("more", all -> all.refused.stream().filter(n -> n > begun).count() >= 8);
        until(gate, 503);
        assertThat(ledger.lastDecided.get()).as("decided").isLessThanOrEqualTo(begun);
      }
      assertThat(ready(gate)).isEqualTo(503);

      limit(gate, "unlimited");
      until(gate, 200);
      try (Load load = new Load(gate, token, 4, ledger)) {
        load.untilDecided(30);
      }
      Chain.check(gate, ledger);
      assertThat(gate.terminate()).isZero();
    }
    try (Stream<Path> files = Files.list(directory.resolve("data"))) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .doesNotContain("audit.jsonl.torn");
    }
    try (GateProcess again = FaultGate.start(directory.resolve("data"), variables)) {
      assertThat(Chain.check(again, ledger)).isGreaterThanOrEqualTo(90);
    }
  }
}
