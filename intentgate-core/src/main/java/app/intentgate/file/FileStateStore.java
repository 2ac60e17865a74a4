package app.intentgate.file;

import app.intentgate.approval.Approval;
import app.intentgate.approval.ApprovalQuery;
import app.intentgate.approval.ApprovalStore;
import app.intentgate.json.JsonObject;
import app.intentgate.memory.BudgetJournal;
import app.intentgate.memory.MemoryApprovalStore;
import app.intentgate.memory.MemoryBudgetStore;
import app.intentgate.memory.MemoryKillSwitchStore;
import app.intentgate.memory.MemoryOpenCallStore;
import app.intentgate.memory.MemoryOperatorStore;
import app.intentgate.memory.MemoryPolicyStore;
import app.intentgate.memory.MemoryRevocationStore;
import app.intentgate.memory.MemoryToolPinStore;
import app.intentgate.memory.PolicyJournal;
import app.intentgate.opencall.OpenCall;
import app.intentgate.opencall.OpenCallStore;
import app.intentgate.operator.OperatorAccount;
import app.intentgate.operator.OperatorStore;
import app.intentgate.pin.ToolPin;
import app.intentgate.pin.ToolPinStore;
import app.intentgate.policy.lifecycle.PolicyStore;
import app.intentgate.revocation.KillSwitchEntry;
import app.intentgate.revocation.KillSwitchStore;
import app.intentgate.revocation.Revocation;
import app.intentgate.revocation.RevocationStore;
import app.intentgate.store.StoreUnavailableException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Everything but the audit log, durable in one file: revocations, kill switches, budgets,
 * approvals, operators, pins of tools, open calls and policies (B49). Held in memory; the file
 * holds that and what changed since it was last written anew, which happens on opening and whenever
 * it has grown fourfold. One process at a time, whatever keeps the audit log: a lock beside the
 * file is held until this is closed. Thread-safe.
 */
public final class FileStateStore implements AutoCloseable {
  /** The name of the file in its folder. */
  public static final String FILE_NAME = "state.jsonl";

  private static final long WORTH_REWRITING = 16 << 20;

  private final Clock clock;
  private final MemoryRevocationStore revocations = new MemoryRevocationStore();
  private final MemoryKillSwitchStore killSwitches = new MemoryKillSwitchStore();
  private final MemoryApprovalStore approvals = new MemoryApprovalStore();
  private final MemoryOperatorStore operators = new MemoryOperatorStore();
  private final MemoryToolPinStore pins = new MemoryToolPinStore();
  private final MemoryOpenCallStore openCalls = new MemoryOpenCallStore();
  private final AtomicReference<@Nullable StateLog> log = new AtomicReference<>();
  private final MemoryBudgetStore budgets =
      new MemoryBudgetStore(
          MemoryBudgetStore.DEFAULT_MAX_COUNTERS, entry -> log().append(StateLines.of(entry)));
  private final FileRevocationStore durableRevocations =
      new FileRevocationStore(revocations, line -> log().append(line));
  private final FileKillSwitchStore durableKillSwitches =
      new FileKillSwitchStore(killSwitches, line -> log().append(line));
  private final FileApprovalStore durableApprovals =
      new FileApprovalStore(approvals, line -> log().append(line));
  private final FileOperatorStore durableOperators =
      new FileOperatorStore(operators, line -> log().append(line));
  private final FileToolPinStore durablePins =
      new FileToolPinStore(pins, line -> log().append(line));
  private final FileOpenCallStore durableOpenCalls =
      new FileOpenCallStore(openCalls, line -> log().append(line));

  private final MemoryPolicyStore policies;

  private FileStateStore(Clock clock) {
    this.clock = clock;
    this.policies =
        new MemoryPolicyStore(clock, FilePolicyJournal.durable(line -> log().append(line)));
  }

  /**
   * Opens the state of a folder, which must exist.
   *
   * @throws StoreUnavailableException when the file is damaged, naming file and line, cannot be
   *     written, or is open already, naming the process
   */
  public static FileStateStore open(Path folder, Clock clock) {
    return open(folder, clock, WORTH_REWRITING);
  }

  static FileStateStore open(Path folder, Clock clock, long worthRewriting) {
    FileStateStore store = new FileStateStore(clock);
    store.log.set(
        StateLog.open(
            folder.resolve(FILE_NAME),
            worthRewriting,
            store::read,
            () -> store.lines(clock.millis())));
    return store;
  }

  private StateLog log() {
    StateLog open = log.get();
    if (open == null) {
      throw new StoreUnavailableException("the state store is not open");
    }
    return open;
  }

  private void read(JsonObject line) {
    switch (StateLines.type(line)) {
      case StateLines.REVOCATION -> revocations.revoke(StateLines.revocation(line));
      case StateLines.KILL -> killSwitches.engage(StateLines.killSwitch(line));
      case StateLines.RELEASE -> {
        KillSwitchEntry entry = StateLines.killSwitch(line);
        killSwitches.release(entry.scope(), entry.tenant(), entry.agent());
      }
      case StateLines.BUDGET -> budgets.restore(StateLines.budget(line));
      case StateLines.APPROVAL -> approvals.restore(StateLines.approval(line));
      case OperatorLines.OPERATOR -> restore(OperatorLines.account(line));
      case OperatorLines.USED ->
          operators.used(StateLines.text(line, "id"), StateLines.time(line, "at"));
      case PinLines.PIN -> restore(PinLines.pin(line));
      case OpenCallLines.OPEN -> openCalls.keep(OpenCallLines.call(line));
      case OpenCallLines.TAKEN -> openCalls.take(OpenCallLines.key(line));
      case PolicyLines.REVISION -> policies.restore(PolicyLines.draft(line));
      case PolicyLines.DELETION -> policies.restoreDeletion(StateLines.text(line, "id"));
      case PolicyLines.SLOT -> policies.restore(PolicyLines.slot(line), PolicyLines.change(line));
      default ->
          throw new StoreUnavailableException(
              "state of an unknown kind \""
                  + StateLines.type(line)
                  + "\": written by a newer gate?");
    }
  }

  private void restore(OperatorAccount account) {
    OperatorAccount known = operators.find(account.id());
    if (known == null) {
      operators.create(account);
    } else {
      operators.replace(known, account);
    }
  }

  private void restore(ToolPin pin) {
    // In memory, so done at once.
    var unused = pins.replace(pins.find(pin.key()), pin);
  }

  private List<JsonObject> lines(long nowMillis) {
    List<JsonObject> lines = new ArrayList<>();
    for (Revocation r : revocations.list(null, Integer.MAX_VALUE, 0)) {
      lines.add(StateLines.of(r));
    }
    for (KillSwitchEntry e : killSwitches.list(null)) {
      lines.add(StateLines.of(StateLines.KILL, e));
    }
    for (BudgetJournal.Entry e : budgets.snapshot(nowMillis, true)) {
      lines.add(StateLines.of(e));
    }
    for (OperatorAccount account : operators.list(null)) {
      lines.add(OperatorLines.of(account));
      Instant used = operators.lastUsed(account.id());
      if (used != null) {
        lines.add(OperatorLines.used(account.id(), used));
      }
    }
    for (ToolPin pin : pins.list(null)) {
      lines.add(PinLines.of(pin));
    }
    for (OpenCall call : openCalls.all()) {
      lines.add(OpenCallLines.of(call));
    }
    List<Approval> rows = approvals.list(ApprovalQuery.newest(Integer.MAX_VALUE));
    for (int i = rows.size() - 1; i >= 0; i--) {
      lines.add(StateLines.of(rows.get(i)));
    }
    policies.replay(FilePolicyJournal.into(lines::add));
    return lines;
  }

  /** What was wrong when the file was last written; null when nothing was. */
  public @Nullable String problem() {
    return log().problem();
  }

  /** Has everything about policies written to a journal, in the order of its changes. */
  public void replayPolicies(PolicyJournal to) {
    policies.replay(to);
  }

  /** The revoked tokens. */
  public RevocationStore revocations() {
    return durableRevocations;
  }

  /** The kill switches. */
  public KillSwitchStore killSwitches() {
    return durableKillSwitches;
  }

  /** The budget counters. */
  public MemoryBudgetStore budgets() {
    return budgets;
  }

  /** The calls that wait for a human. */
  public ApprovalStore approvals() {
    return durableApprovals;
  }

  /** The operators' accounts. */
  public OperatorStore operators() {
    return durableOperators;
  }

  /** The pins of tools. */
  public ToolPinStore pins() {
    return durablePins;
  }

  /** The calls that wait for their answer on another stream. */
  public OpenCallStore openCalls() {
    return durableOpenCalls;
  }

  /** Every call of {@link #openCalls}, those of a session oldest first; none is taken. */
  public List<OpenCall> keptOpenCalls() {
    return openCalls.all();
  }

  /** Drafts and active policies. */
  public PolicyStore policies() {
    return policies;
  }

  /** Records what budgets really used, writes what waits, and closes the file. */
  @Override
  public void close() {
    StateLog open = log.get();
    if (open != null) {
      for (BudgetJournal.Entry entry : budgets.snapshot(clock.millis(), false)) {
        if (entry.atMillis() == 0) {
          open.append(StateLines.of(entry));
        }
      }
      open.close();
    }
  }
}
