package app.intentgate.server.stores;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.intentgate.approval.Approval;
import app.intentgate.approval.ApprovalBinding;
import app.intentgate.approval.ApprovalQuery;
import app.intentgate.approval.ApprovalRequest;
import app.intentgate.approval.ApprovalTerms;
import app.intentgate.audit.AuditDecision;
import app.intentgate.audit.AuditEvent;
import app.intentgate.audit.AuditQuery;
import app.intentgate.audit.AuditStore;
import app.intentgate.audit.FileAuditStore;
import app.intentgate.audit.StoredEvent;
import app.intentgate.audit.checkpoint.CheckpointKey;
import app.intentgate.budget.BudgetStore;
import app.intentgate.budget.Charge;
import app.intentgate.budget.Charge.Kind;
import app.intentgate.file.FileCheckpointStore;
import app.intentgate.file.FileStateStore;
import app.intentgate.jdbc.Database;
import app.intentgate.jdbc.DatabaseTarget;
import app.intentgate.jdbc.audit.DatabaseVerifier;
import app.intentgate.jdbc.audit.JdbcAuditStore;
import app.intentgate.jdbc.checkpoint.SqlCheckpointStore;
import app.intentgate.jdbc.schema.Schema;
import app.intentgate.jdbc.state.SqlState;
import app.intentgate.jdbc.testing.TestDatabase;
import app.intentgate.json.JsonArray;
import app.intentgate.json.JsonNumber;
import app.intentgate.json.JsonObject;
import app.intentgate.operator.OperatorAccount;
import app.intentgate.operator.Role;
import app.intentgate.operator.TokenHash;
import app.intentgate.pin.PinStatus;
import app.intentgate.pin.ToolDefinition;
import app.intentgate.pin.ToolPin;
import app.intentgate.policy.lifecycle.PolicyAction;
import app.intentgate.policy.lifecycle.PolicyChange;
import app.intentgate.policy.lifecycle.PolicyDraft;
import app.intentgate.policy.lifecycle.PolicyRevision;
import app.intentgate.policy.lifecycle.PolicySlot;
import app.intentgate.revocation.KillSwitchEntry;
import app.intentgate.revocation.KillSwitchEntry.Scope;
import app.intentgate.revocation.Revocation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A file store's content is the same after it moved into a database, hashes included. */
class FileStoreMoveTest {
  private static final Instant NOW = Instant.now().truncatedTo(ChronoUnit.MILLIS);
  private static final Clock CLOCK = Clock.systemUTC();
  private static final Revocation REVOKED = new Revocation("jti", "acme", NOW, "lost");
  private static final KillSwitchEntry KILLED =
      new KillSwitchEntry(Scope.TENANT, "acme", "", "incident", NOW, "pat");
  private static final OperatorAccount OPERATOR =
      new OperatorAccount(
          "0123456789abcdef",
          "pat",
          Role.ADMIN,
          "",
          "",
          NOW,
          null,
          null,
          TokenHash.parse("ab".repeat(32)),
          null);

  private static final ToolPin PIN =
      new ToolPin(
          "one",
          "read_a",
          new ToolDefinition("ef".repeat(32), "{}"),
          null,
          PinStatus.values()[0],
          NOW);

  @TempDir Path folder;

  private static <T> T await(CompletionStage<T> stage) {
    return stage.toCompletableFuture().orTimeout(30, TimeUnit.SECONDS).join();
  }

  private static AuditEvent event(int i) {
    return AuditEvent.builder()
        .at(NOW.plusSeconds(i))
        .decision(AuditDecision.ALLOW)
        .tenant(i % 3 == 0 ? "acme" : "")
        .tool("read_\u0000\ud800_" + i)
        .callId("call-" + i)
        .build();
  }

  private static Approval approval() {
    return Approval.pending(
        new ApprovalRequest(
            "id",
            new ApprovalBinding("acme", "jti", "chain", "bot", "maria", "pay", "aa", "cc", "pp"),
            "root",
            JsonObject.of("n", JsonNumber.parse("9007199254740993")),
            "pay it",
            "above",
            true,
            new ApprovalTerms(ApprovalTerms.By.OPERATOR, 2, null),
            NOW,
            NOW.plusSeconds(3_600)));
  }

  private static PolicyDraft draft(String id, int revision) {
    return new PolicyDraft(
        id,
        "acme",
        "pat",
        NOW,
        new PolicyRevision(
            id,
            revision,
            "name",
            "",
            "package intentgate.policy # " + revision,
            "cd".repeat(32),
            "",
            false,
            JsonArray.EMPTY,
            null,
            "superadmin",
            NOW));
  }

  private static final PolicyDraft FIRST = draft("00000000000000a1", 1);
  private static final PolicyChange CHANGE =
      new PolicyChange(
          "c1", "acme", PolicyAction.PROMOTE, FIRST.ref(), null, "d", "superadmin", "", "", NOW);
  private static final PolicySlot SLOT = PolicySlot.empty("acme").after(CHANGE, null);

  private static boolean charge(BudgetStore budgets, Kind kind, long most) {
    Charge charge = new Charge(kind, "acme", "k", most, 1, null);
    return await(budgets.charge(List.of(charge), CLOCK.millis())).charged();
  }

  private List<StoredEvent> fill(CheckpointKey key) {
    List<StoredEvent> events = new ArrayList<>();
    try (AuditStore audit = FileAuditStore.open(folder.resolve("audit.jsonl"));
        FileStateStore state = FileStateStore.open(folder, CLOCK)) {
      for (int i = 0; i < 30; i++) {
        events.add(await(audit.append(event(i))));
      }
      await(state.revocations().revoke(REVOKED));
      await(state.killSwitches().engage(KILLED));
      await(state.approvals().enqueue(approval()));
      await(state.operators().create(OPERATOR));
      for (int i = 0; i < 3; i++) {
        assertThat(charge(state.budgets(), Kind.CALLS, 5)).isTrue();
        assertThat(charge(state.budgets(), Kind.RATE, 4)).isTrue();
      }
      assertThat(await(state.pins().replace(null, PIN))).isTrue();
      state.policies().create(FIRST);
      assertThat(state.policies().revise(draft(FIRST.id(), 2).at(), FIRST.tenant())).isTrue();
      assertThat(state.policies().put(SLOT, CHANGE, null)).isTrue();
    }
    FileCheckpointStore checkpoints = new FileCheckpointStore(folder);
    checkpoints.publish(key.publicHalf());
    StoredEvent last = events.get(29);
    checkpoints.append(key.sign("default", last.seq(), last.hash(), NOW));
    return events;
  }

  private final List<String> progress = new ArrayList<>();

  private FileStoreMove.Moved move(DatabaseTarget target) throws IOException {
    try (Database database = Database.open(target)) {
      return new FileStoreMove(folder, CLOCK)
          .move(
              database,
              (bytes, events) -> progress.add("verified " + events + " in " + bytes),
              (bytes, events) -> progress.add("moved " + events + " in " + bytes));
    }
  }

  @ParameterizedTest
  @EnumSource
  void everything_is_there_with_its_numbers_and_hashes(TestDatabase kind) throws Exception {
    CheckpointKey key = CheckpointKey.generate(NOW);
    List<StoredEvent> events = fill(key);
    DatabaseTarget target = kind.create(folder);
    // As if an earlier move had been cut short.
    try (Database database = Database.open(target)) {
      int unused = Schema.of(database).migrate();
      try (JdbcAuditStore audit = new JdbcAuditStore(database)) {
        for (int i = 0; i < 7; i++) {
          await(audit.append(event(i)));
        }
      }
    }

    long size = Files.size(folder.resolve("audit.jsonl"));

    FileStoreMove.Moved moved = move(target);

    assertThat(progress).containsExactly("verified 30 in " + size, "moved 30 in " + size);
    assertThat(moved.events()).isEqualTo(30);
    assertThat(moved.chains()).isEqualTo(2);
    assertThat(moved.counts()).containsAllEntriesOf(Map.of("revocations", 1, "checkpoints", 1));
    try (Database database = Database.open(target);
        JdbcAuditStore audit = new JdbcAuditStore(database);
        SqlState state = SqlState.open(database)) {
      List<StoredEvent> found = new ArrayList<>();
      audit.export(AuditQuery.all(), found::add);
      assertThat(found).containsExactlyInAnyOrderElementsOf(events);
      assertThat(state.revocations().list(null, 10, 0)).containsExactly(REVOKED);
      assertThat(state.killSwitches().list(null)).containsExactly(KILLED);
      assertThat(state.approvals().list(ApprovalQuery.newest(10))).containsExactly(approval());
      assertThat(state.operators().list(null)).containsExactly(OPERATOR);
      assertThat(state.pins().list(null)).containsExactly(PIN);
      assertThat(state.policies().draft(FIRST.id(), FIRST.tenant())).contains(draft(FIRST.id(), 2));
      assertThat(state.policies().draftAt(FIRST.id(), 1, FIRST.tenant())).contains(FIRST);
      assertThat(state.policies().slots()).containsExactly(SLOT);
      assertThat(state.policies().history("acme", 10, null).changes()).containsExactly(CHANGE);
      assertThat(new SqlCheckpointStore(database).list("default", 0, 10)).hasSize(1);
      assertThat(charge(state.budgets(), Kind.RATE, 4)).isTrue();
      assertThat(charge(state.budgets(), Kind.RATE, 4)).isFalse();
      assertThat(charge(state.budgets(), Kind.CALLS, 5)).isTrue();
      assertThat(charge(state.budgets(), Kind.CALLS, 5)).isTrue();
      assertThat(charge(state.budgets(), Kind.CALLS, 5)).isFalse();
    }
    assertThat(DatabaseVerifier.verify(target, List.of(), null, (bytes, count) -> {}).ok())
        .isTrue();
    assertThat(folder.resolve("audit.jsonl")).doesNotExist();
    assertThat(folder.resolve("audit.jsonl.migrated")).exists();
    assertThatThrownBy(() -> move(target)).hasMessageContaining("there is no file store");
  }

  @ParameterizedTest
  @EnumSource
  void a_database_with_events_of_its_own_is_refused_and_keeps_them(TestDatabase kind)
      throws Exception {
    List<StoredEvent> events = fill(CheckpointKey.generate(NOW));
    DatabaseTarget target = kind.create(folder);
    try (Database database = Database.open(target)) {
      int unused = Schema.of(database).migrate();
      try (JdbcAuditStore audit = new JdbcAuditStore(database)) {
        await(audit.append(event(50)));
      }
    }
    assertThatThrownBy(() -> move(target))
        .isInstanceOf(FileStoreMoveException.class)
        .hasMessageContaining("that the directory has not");
    Path log = folder.resolve("audit.jsonl");
    assertThat(log).exists();
    Files.writeString(log, Files.readString(log).replaceFirst("call-3", "call-4"));
    assertThatThrownBy(() -> move(kind.create(folder)))
        .isInstanceOf(FileStoreMoveException.class)
        .hasMessageContaining("is broken at event")
        .hasMessageContaining("nothing was moved");
    assertThat(events).hasSize(30);
  }
}
