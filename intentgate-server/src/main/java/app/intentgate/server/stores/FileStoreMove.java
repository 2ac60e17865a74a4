package app.intentgate.server.stores;

import app.intentgate.approval.Approval;
import app.intentgate.approval.ApprovalQuery;
import app.intentgate.audit.AuditFileVerifier;
import app.intentgate.audit.AuditFileVerifier.Form;
import app.intentgate.audit.AuditFileVerifier.Progress;
import app.intentgate.audit.BrokenEvent;
import app.intentgate.audit.ChainHead;
import app.intentgate.audit.StoreLock;
import app.intentgate.audit.VerificationReport;
import app.intentgate.audit.checkpoint.Checkpoint;
import app.intentgate.audit.checkpoint.PublicCheckpointKey;
import app.intentgate.file.FileCheckpointStore;
import app.intentgate.file.FileStateStore;
import app.intentgate.jdbc.Database;
import app.intentgate.jdbc.audit.JdbcAuditStore;
import app.intentgate.jdbc.audit.MonthPartitions;
import app.intentgate.jdbc.budget.BudgetImport;
import app.intentgate.jdbc.checkpoint.SqlCheckpointStore;
import app.intentgate.jdbc.schema.Schema;
import app.intentgate.jdbc.state.SqlState;
import app.intentgate.memory.BudgetJournal;
import app.intentgate.opencall.OpenCall;
import app.intentgate.operator.OperatorAccount;
import app.intentgate.pin.ToolPin;
import app.intentgate.revocation.KillSwitchEntry;
import app.intentgate.revocation.Revocation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/**
 * Moves what a data directory's file store holds into a database: events with their numbers and
 * hashes, and everything else as it stands. What is there already is not stored again, so a move
 * that was cut short is done again. The directory's gate must be stopped; its keys stay where they
 * are.
 */
public final class FileStoreMove {
  private static final String LOG = "audit.jsonl";
  private static final String AFTERWARDS = ".migrated";
  private static final int ALL = Integer.MAX_VALUE;

  private final Path directory;
  private final Clock clock;

  /** A move from a directory. */
  public FileStoreMove(Path directory, Clock clock) {
    this.directory = directory;
    this.clock = clock;
  }

  /**
   * What there was.
   *
   * @param events how many events
   * @param chains how many chains they are in
   * @param counts how many of everything else, by its name
   */
  public record Moved(long events, int chains, Map<String, Integer> counts) {}

  /**
   * Verifies the directory's chains and says what it holds; changes nothing.
   *
   * @throws FileStoreMoveException when there is no file store or its chain is broken
   */
  public Moved look(Progress progress) throws IOException {
    AuditFileVerifier.Result found = verified(progress);
    return new Moved(found.events(), found.chains().size(), Map.of());
  }

  private AuditFileVerifier.Result verified(Progress progress) throws IOException {
    Path log = directory.resolve(LOG);
    if (!Files.isRegularFile(log)) {
      throw new FileStoreMoveException("there is no file store in " + directory);
    }
    AuditFileVerifier.Result result =
        AuditFileVerifier.verify(log, Form.EXACT, AuditFileVerifier.savedHeads(log), progress);
    BrokenEvent broken = result.broken();
    if (broken != null) {
      throw new FileStoreMoveException(
          "%s is broken at event %d: %s; nothing was moved"
              .formatted(log, broken.seq(), broken.how().reason()));
    }
    return result;
  }

  /**
   * Moves everything into a database, and then renames the directory's files so that no gate goes
   * on with them.
   *
   * @param verifying is told how far the log is verified, which comes first
   * @param moving is told how far the log is moved
   * @throws FileStoreMoveException when there is no file store, its chain is broken, or the
   *     database holds events that are not a beginning of it
   */
  @SuppressWarnings("try") // the lock is held and not used
  public Moved move(Database database, Progress verifying, Progress moving) throws IOException {
    Path log = directory.resolve(LOG);
    try (StoreLock lock = StoreLock.take(directory.resolve(LOG + ".lock"))) {
      AuditFileVerifier.Result source = verified(verifying);
      int steps = Schema.of(database).migrate();
      int made = new MonthPartitions(database, clock).makeAhead();
      Map<String, Integer> counts = new HashMap<>();
      try (JdbcAuditStore audit = new JdbcAuditStore(database)) {
        EventMove events = new EventMove(audit, heads(source));
        events.copy(log, moving);
      }
      try (FileStateStore state = FileStateStore.open(directory, clock);
          SqlState target = SqlState.open(database)) {
        moveState(state, target, database, counts);
      }
      counts.put("checkpoints", moveCheckpoints(source, new SqlCheckpointStore(database)));
      for (String name : List.of(LOG, LOG + ".heads", FileStateStore.FILE_NAME)) {
        Path file = directory.resolve(name);
        if (Files.exists(file)) {
          Files.move(file, directory.resolve(name + AFTERWARDS));
        }
      }
      counts.put("schema_steps", steps);
      counts.put("partitions_made", made);
      return new Moved(source.events(), source.chains().size(), Map.copyOf(counts));
    }
  }

  private static Map<String, ChainHead> heads(AuditFileVerifier.Result source) {
    Map<String, ChainHead> heads = new HashMap<>();
    for (VerificationReport chain : source.chains()) {
      ChainHead head = chain.head();
      if (head != null) {
        heads.put(chain.chain(), head);
      }
    }
    return heads;
  }

  private void moveState(
      FileStateStore from, SqlState to, Database database, Map<String, Integer> counts) {
    List<Revocation> revocations = oldestFirst(from.revocations().list(null, ALL, 0));
    for (Revocation revocation : revocations) {
      await(to.revocations().revoke(revocation));
    }
    counts.put("revocations", revocations.size());
    List<KillSwitchEntry> switches = oldestFirst(from.killSwitches().list(null));
    for (KillSwitchEntry entry : switches) {
      await(to.killSwitches().engage(entry));
    }
    counts.put("kill_switches", switches.size());
    List<BudgetJournal.Entry> spent = from.budgets().snapshot(clock.millis(), false);
    counts.put("budgets", BudgetImport.store(database, spent, clock));
    List<Approval> approvals = oldestFirst(from.approvals().list(ApprovalQuery.newest(ALL)));
    for (Approval row : approvals) {
      await(to.approvals().restore(row));
    }
    counts.put("approvals", approvals.size());
    List<OperatorAccount> operators = from.operators().list(null);
    for (OperatorAccount account : operators) {
      if (to.operators().find(account.id()) == null) {
        await(to.operators().create(account));
      }
    }
    counts.put("operators", operators.size());
    List<ToolPin> pins = from.pins().list(null);
    for (ToolPin pin : pins) {
      // One that is there was moved before.
      await(to.pins().replace(null, pin));
    }
    counts.put("tool_pins", pins.size());
    List<OpenCall> calls = from.keptOpenCalls();
    for (OpenCall call : calls) {
      await(to.openCalls().keep(call));
    }
    counts.put("open_calls", calls.size());
    from.replayPolicies(to.policies().restoring());
    counts.put("policy_drafts", from.policies().drafts(null, ALL, 0).size());
  }

  private int moveCheckpoints(AuditFileVerifier.Result source, SqlCheckpointStore to) {
    FileCheckpointStore from = new FileCheckpointStore(directory);
    for (PublicCheckpointKey key : from.keys()) {
      to.publish(key);
    }
    int moved = 0;
    for (VerificationReport chain : source.chains()) {
      for (Checkpoint checkpoint : from.list(chain.chain(), 0, ALL)) {
        to.append(checkpoint);
        moved++;
      }
    }
    return moved;
  }

  private static <T> List<T> oldestFirst(List<T> newestFirst) {
    List<T> rows = new ArrayList<>(newestFirst);
    Collections.reverse(rows);
    return rows;
  }

  private static <T> void await(CompletionStage<T> stage) {
    var unused = stage.toCompletableFuture().orTimeout(60, TimeUnit.SECONDS).join();
  }
}
