package app.intentgate.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.intentgate.approval.Approval;
import app.intentgate.approval.ApprovalBinding;
import app.intentgate.approval.ApprovalDecision;
import app.intentgate.approval.ApprovalRequest;
import app.intentgate.approval.ApprovalTerms;
import app.intentgate.budget.Charge;
import app.intentgate.budget.Charge.Kind;
import app.intentgate.json.JsonNumber;
import app.intentgate.json.JsonObject;
import app.intentgate.revocation.KillSwitchEntry;
import app.intentgate.revocation.KillSwitchEntry.Scope;
import app.intentgate.revocation.Revocation;
import app.intentgate.store.StoreUnavailableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileStateStoreTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);

  @TempDir Path folder;

  private FileStateStore open() {
    return FileStateStore.open(folder, CLOCK);
  }

  private static <T> T await(CompletionStage<T> stage) {
    return stage.toCompletableFuture().join();
  }

  private static boolean charge(FileStateStore store, Charge... charges) {
    return await(store.budgets().charge(List.of(charges), NOW.toEpochMilli())).charged();
  }

  private static Charge calls(String key, long max) {
    return new Charge(Kind.CALLS, "acme", key, max, 1, null);
  }

  @Test
  void revocations_and_switches_survive() {
    try (FileStateStore store = open()) {
      await(store.revocations().revoke(new Revocation("jti", "acme", NOW, "lost \u2028")));
      await(store.killSwitches().engage(kill("acme")));
      await(store.killSwitches().engage(kill("globex")));
      await(store.killSwitches().release(Scope.TENANT, "globex", ""));
    }
    try (FileStateStore store = open()) {
      assertThat(store.revocations().list(null, 10, 0))
          .containsExactly(new Revocation("jti", "acme", NOW, "lost \u2028"));
      assertThat(store.killSwitches().list(null)).containsExactly(kill("acme"));
    }
  }

  private static KillSwitchEntry kill(String tenant) {
    return new KillSwitchEntry(Scope.TENANT, tenant, "", "incident", NOW, "pat");
  }

  @Test
  void a_restart_gives_no_budget_back_B49() {
    try (FileStateStore store = open()) {
      assertThat(charge(store, calls("k", 2))).isTrue();
    }
    try (FileStateStore store = open()) {
      assertThat(charge(store, calls("k", 2))).isTrue();
      assertThat(charge(store, calls("k", 2))).isFalse();
    }
  }

  @Test
  void an_orderly_end_keeps_exactly_what_was_used() {
    try (FileStateStore store = open()) {
      for (int i = 0; i < 10; i++) {
        assertThat(charge(store, calls("k", 1_000))).isTrue();
      }
    }
    try (FileStateStore store = open()) {
      int granted = 0;
      while (charge(store, calls("k", 1_000))) {
        granted++;
      }
      assertThat(granted).isEqualTo(990);
    }
  }

  @Test
  void a_crash_may_cost_calls_and_never_grants_one_twice() throws IOException {
    FileStateStore crashed = open();
    for (int i = 0; i < 10; i++) {
      charge(crashed, calls("k", 1_000));
    }
    byte[] asItWas = Files.readAllBytes(folder.resolve(FileStateStore.FILE_NAME));
    crashed.close();
    Files.write(folder.resolve(FileStateStore.FILE_NAME), asItWas);
    try (FileStateStore store = open()) {
      int granted = 0;
      while (charge(store, calls("k", 1_000))) {
        granted++;
      }
      assertThat(granted).isBetween(800, 990);
    }
  }

  @Test
  void a_rate_is_remembered_across_a_restart() {
    Charge rate = new Charge(Kind.RATE, "acme", "r", 2, 1, null);
    try (FileStateStore store = open()) {
      assertThat(charge(store, rate)).isTrue();
      assertThat(charge(store, rate)).isTrue();
    }
    try (FileStateStore store = open()) {
      assertThat(charge(store, rate)).isFalse();
      assertThat(
              await(store.budgets().charge(List.of(rate), NOW.toEpochMilli() + 60_000)).charged())
          .isTrue();
    }
  }

  @Test
  void an_approval_survives_whole_and_is_still_used_no_oftener_B49() {
    Approval row =
        Approval.pending(
            new ApprovalRequest(
                "id",
                new ApprovalBinding(
                    "acme", "jti", "chain", "bot", "maria", "pay", "aa", "cc", "pp"),
                "root",
                JsonObject.of("n", JsonNumber.parse("9007199254740993")),
                "pay it",
                "above",
                true,
                new ApprovalTerms(
                    ApprovalTerms.By.OPERATOR,
                    2,
                    new ApprovalTerms.Standing(2, Duration.ofHours(1), List.of("n"))),
                NOW,
                NOW.plusSeconds(300)));
    ApprovalDecision first = new ApprovalDecision(true, "operator:1", "olga", "", NOW);
    ApprovalDecision yes = new ApprovalDecision(true, "superadmin", "pat", "ok", NOW);
    try (FileStateStore store = open()) {
      await(store.approvals().enqueue(row));
      await(store.approvals().decide("id", null, first));
    }
    try (FileStateStore store = open()) {
      assertThat(await(store.approvals().find("id", null))).contains(row.voted(first));
      await(store.approvals().decide("id", null, yes));
    }
    try (FileStateStore store = open()) {
      assertThat(await(store.approvals().find("id", null))).contains(row.voted(first).voted(yes));
      assertThat(await(store.approvals().use("id", "acme", NOW))).isPresent();
      assertThat(await(store.approvals().use("id", "acme", NOW))).isPresent();
    }
    try (FileStateStore store = open()) {
      assertThat(await(store.approvals().use("id", "acme", NOW))).isEmpty();
      await(store.approvals().makeVoid("id", "acme", "policy changed", NOW));
    }
    try (FileStateStore store = open()) {
      assertThat(await(store.approvals().find("id", null)))
          .get()
          .satisfies(r -> assertThat(r.voidReason()).isEqualTo("policy changed"))
          .satisfies(r -> assertThat(r.uses()).isEqualTo(2));
    }
  }

  @Test
  void a_torn_last_line_is_cut_off_and_kept() throws IOException {
    try (FileStateStore store = open()) {
      await(store.revocations().revoke(new Revocation("one", "acme", NOW, "")));
    }
    Path file = folder.resolve(FileStateStore.FILE_NAME);
    Files.writeString(file, "{\"t\":\"revoc", StandardOpenOption.APPEND);
    try (FileStateStore store = open()) {
      assertThat(store.revocations().isRevoked("acme", "one")).isTrue();
    }
    Path torn = folder.resolve("state.jsonl.torn");
    assertThat(torn).content().isEqualTo("{\"t\":\"revoc");
    if (torn.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(torn)))
          .as("it may hold arguments and hashes of tokens")
          .isEqualTo("rw-------");
    }
  }

  @Test
  void a_damaged_line_stops_the_start_and_is_named() throws IOException {
    Files.writeString(folder.resolve(FileStateStore.FILE_NAME), "{\"t\":\"revocation\"}\n}{\n");
    assertThatThrownBy(this::open)
        .isInstanceOf(StoreUnavailableException.class)
        .hasMessageContaining("line 1");
    Files.writeString(folder.resolve(FileStateStore.FILE_NAME), "{\"t\":\"flux\"}\n");
    assertThatThrownBy(this::open).hasMessageContaining("\"flux\"");
  }

  @Test
  void opening_rewrites_the_file_to_what_it_came_to() throws IOException {
    try (FileStateStore store = open()) {
      for (int i = 0; i < 200; i++) {
        charge(store, calls("k", 1));
        await(store.killSwitches().engage(kill("acme")));
        await(store.killSwitches().release(Scope.TENANT, "acme", ""));
      }
    }
    open().close();
    assertThat(Files.readAllLines(folder.resolve(FileStateStore.FILE_NAME)))
        .hasSizeLessThanOrEqualTo(2);
  }

  @Test
  void a_file_that_grows_is_written_anew_and_nothing_granted_ahead_is_forgotten()
      throws IOException {
    Charge rate = new Charge(Kind.RATE, "acme", "r", 1_000_000, 1, null);
    FileStateStore store = FileStateStore.open(folder, CLOCK, 4_096);
    for (int i = 0; i < 10; i++) {
      charge(store, calls("k", 1_000));
    }
    for (int i = 0; i < 500; i++) {
      assertThat(charge(store, rate)).isTrue();
    }
    Path file = folder.resolve(FileStateStore.FILE_NAME);
    assertThat(Files.size(file)).isLessThan(2 * 4_096);
    byte[] asItWas = Files.readAllBytes(file);
    store.close();
    Files.write(file, asItWas);
    try (FileStateStore after = open()) {
      int granted = 0;
      while (charge(after, calls("k", 1_000))) {
        granted++;
      }
      assertThat(granted).isBetween(800, 990);
    }
  }

  @Test
  void what_cannot_be_made_durable_is_not_granted() {
    FileStateStore store = open();
    store.close();
    for (int i = 0; i < 10; i++) {
      assertThat(store.budgets().charge(List.of(calls("k", 5)), 0).toCompletableFuture())
          .isCompletedExceptionally();
    }
    assertThat(
            store.revocations().revoke(new Revocation("x", "acme", NOW, "")).toCompletableFuture())
        .isCompletedExceptionally();
  }

  @Test
  void an_approval_of_the_deepest_arguments_does_not_stop_the_next_start() {
    JsonObject deep = JsonObject.of("n", JsonNumber.parse("1"));
    for (int level = 1; level < 100; level++) {
      deep = JsonObject.of("d", deep);
    }
    Approval row =
        Approval.pending(
            new ApprovalRequest(
                "id",
                new ApprovalBinding("acme", "jti", "chain", "bot", "", "pay", "aa", "", "pp"),
                "root",
                deep,
                "pay it",
                "above",
                false,
                ApprovalTerms.DEFAULT,
                NOW,
                NOW.plusSeconds(300)));
    try (FileStateStore store = open()) {
      await(store.approvals().enqueue(row));
    }
    try (FileStateStore store = open()) {
      assertThat(await(store.approvals().find("id", null))).contains(row);
    }
  }

  @Test
  void a_second_store_is_refused_the_file_until_the_first_is_closed() {
    try (FileStateStore store = open()) {
      assertThatThrownBy(this::open)
          .isInstanceOf(StoreUnavailableException.class)
          .hasMessageContaining("state.jsonl")
          .hasMessageContaining("open in process " + ProcessHandle.current().pid());
      await(store.revocations().revoke(new Revocation("one", "acme", NOW, "")));
    }
    try (FileStateStore store = open()) {
      assertThat(store.revocations().isRevoked("acme", "one")).isTrue();
    }
  }
}
