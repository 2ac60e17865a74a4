package app.intentgate.server.stores;

import app.intentgate.approval.ApprovalStore;
import app.intentgate.audit.AuditStore;
import app.intentgate.audit.AuditWriter;
import app.intentgate.audit.FileAuditStore;
import app.intentgate.audit.checkpoint.CheckpointStore;
import app.intentgate.budget.BudgetStore;
import app.intentgate.file.FileCheckpointStore;
import app.intentgate.file.FileStateStore;
import app.intentgate.jdbc.checkpoint.SqlCheckpointStore;
import app.intentgate.jdbc.feed.FeedHealth;
import app.intentgate.jdbc.state.SqlState;
import app.intentgate.memory.MemoryApprovalStore;
import app.intentgate.memory.MemoryAuditStore;
import app.intentgate.memory.MemoryBudgetStore;
import app.intentgate.memory.MemoryCheckpointStore;
import app.intentgate.memory.MemoryKillSwitchStore;
import app.intentgate.memory.MemoryOpenCallStore;
import app.intentgate.memory.MemoryOperatorStore;
import app.intentgate.memory.MemoryPolicyStore;
import app.intentgate.memory.MemoryRevocationStore;
import app.intentgate.memory.MemoryToolPinStore;
import app.intentgate.opencall.OpenCallStore;
import app.intentgate.operator.OperatorStore;
import app.intentgate.pin.ToolPinStore;
import app.intentgate.policy.lifecycle.PolicyStore;
import app.intentgate.revocation.KillSwitchStore;
import app.intentgate.revocation.RevocationStore;
import app.intentgate.server.config.AuditSettings;
import app.intentgate.server.config.Choices;
import app.intentgate.server.config.Config;
import app.intentgate.server.config.Credentials;
import app.intentgate.server.config.StoreSettings;
import app.intentgate.server.redis.RedisAddress;
import app.intentgate.server.redis.RedisBudgetStore;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Every store of one gate.
 *
 * @param audit the audit log; closed by the gate
 * @param revocations the revoked tokens
 * @param killSwitches the kill switches
 * @param budgets what tokens spent
 * @param approvals the calls that wait for a person
 * @param operators the operators besides those of the configuration
 * @param pins what tools looked like when they were accepted
 * @param openCalls the calls that wait for their answer on another stream
 * @param policies drafts, and which are in force
 * @param checkpoints where each chain stood, signed
 * @param state the file behind all but the audit log; null when there is none
 * @param sql the database; null when everything is in files or in memory
 * @param redis where budgets are when they are in Redis; null when they are not
 */
public record GateStorage(
    AuditStore audit,
    RevocationStore revocations,
    KillSwitchStore killSwitches,
    BudgetStore budgets,
    ApprovalStore approvals,
    OperatorStore operators,
    ToolPinStore pins,
    OpenCallStore openCalls,
    PolicyStore policies,
    CheckpointStore checkpoints,
    @Nullable FileStateStore state,
    @Nullable SqlStorage sql,
    @Nullable RedisBudgetStore redis)
    implements AutoCloseable {
  private static final int MAX_PENDING = 20_000;
  private static final int MAX_BATCH = 1_000;
  private static final int BUFFER_BYTES = 1 << 16;

  /**
   * Opens what the configuration asks for.
   *
   * @throws app.intentgate.audit.AuditException when the audit file cannot be used
   * @throws app.intentgate.store.StoreUnavailableException when the state file cannot be used
   */
  public static GateStorage open(Config config) {
    RedisAddress address = config.find(StoreSettings.REDIS_URL);
    RedisBudgetStore redis = address == null ? null : RedisBudgetStore.open(address);
    try {
      GateStorage all = opened(config);
      return redis == null ? all : all.withBudgets(redis);
    } catch (RuntimeException e) {
      if (redis != null) {
        redis.close();
      }
      throw e;
    }
  }

  private GateStorage withBudgets(RedisBudgetStore redis) {
    return new GateStorage(
        audit,
        revocations,
        killSwitches,
        redis,
        approvals,
        operators,
        pins,
        openCalls,
        policies,
        checkpoints,
        state,
        sql,
        redis);
  }

  private static GateStorage opened(Config config) {
    Choices.Store kind = config.store();
    if (kind == Choices.Store.MEMORY) {
      return new GateStorage(
          printed(config, new MemoryAuditStore()),
          new MemoryRevocationStore(),
          new MemoryKillSwitchStore(),
          new MemoryBudgetStore(),
          new MemoryApprovalStore(),
          new MemoryOperatorStore(),
          new MemoryToolPinStore(),
          new MemoryOpenCallStore(),
          new MemoryPolicyStore(Clock.systemUTC()),
          new MemoryCheckpointStore(),
          null,
          null,
          null);
    }
    Path directory = config.get(StoreSettings.DATA_DIR);
    Credentials.prepare(directory);
    return kind == Choices.Store.FILE
        ? inFiles(config, directory)
        : inDatabase(config, SqlStorage.open(config, kind, limits(config)));
  }

  private static GateStorage inFiles(Config config, Path directory) {
    AuditStore audit = audit(config, directory);
    try {
      FileStateStore state = FileStateStore.open(directory, Clock.systemUTC());
      return new GateStorage(
          printed(config, audit),
          state.revocations(),
          state.killSwitches(),
          state.budgets(),
          state.approvals(),
          state.operators(),
          state.pins(),
          state.openCalls(),
          state.policies(),
          new FileCheckpointStore(directory),
          state,
          null,
          null);
    } catch (RuntimeException e) {
      audit.close();
      throw e;
    }
  }

  private static GateStorage inDatabase(Config config, SqlStorage sql) {
    SqlState state = sql.state();
    return new GateStorage(
        printed(config, sql.audit()),
        state.revocations(),
        state.killSwitches(),
        state.budgets(),
        state.approvals(),
        state.operators(),
        state.pins(),
        state.openCalls(),
        state.policies(),
        new SqlCheckpointStore(sql.database()),
        null,
        sql,
        null);
  }

  /** How the feed is that keeps memory up to date with other gates. */
  public FeedHealth feedHealth() {
    return sql == null ? FeedHealth.ALONE : sql.state().feedHealth();
  }

  private static AuditStore audit(Config config, Path directory) {
    return FileAuditStore.builder(directory.resolve("audit.jsonl")).limits(limits(config)).open();
  }

  private static AuditWriter.Limits limits(Config config) {
    return new AuditWriter.Limits(
        MAX_PENDING, MAX_BATCH, Duration.ofMillis(config.get(AuditSettings.AUDIT_WAIT_MS)));
  }

  private static AuditStore printed(Config config, AuditStore audit) {
    if (config.get(AuditSettings.AUDIT_TARGET) == Choices.AuditTarget.NONE) {
      return audit;
    }
    OutputStream out =
        new BufferedOutputStream(new FileOutputStream(FileDescriptor.out), BUFFER_BYTES);
    return new PrintedAudit(audit, new EventPrinter(out));
  }

  /** How many events went by way of a file since the start, because their store was behind. */
  public long spilled() {
    return sql == null ? 0 : sql.spilled();
  }

  /** Of how many budget counters this gate holds something ahead. */
  public int leases() {
    return sql == null ? 0 : sql.state().budgets().leases();
  }

  /** Whether charges can be stored, where not in the database: in Redis, or in the state file. */
  public boolean budgetsAnswer() {
    return (redis == null || redis.isAvailable()) && (state == null || state.problem() == null);
  }

  /** Lets go of everything but the audit log, which its gate closes before. */
  public void closeState() {
    if (redis != null) {
      redis.close();
    }
    if (state != null) {
      state.close();
    }
    if (sql != null) {
      sql.close();
    }
  }

  @Override
  public void close() {
    audit.close();
    closeState();
  }
}
