package app.intentgate.jdbc.state;

import app.intentgate.jdbc.Database;
import app.intentgate.jdbc.Offload;
import app.intentgate.jdbc.approval.SqlApprovalStore;
import app.intentgate.jdbc.budget.LeaseOptions;
import app.intentgate.jdbc.budget.LeasedBudgetStore;
import app.intentgate.jdbc.budget.SqlBudgetLedger;
import app.intentgate.jdbc.feed.ChangeFeed;
import app.intentgate.jdbc.feed.FeedHealth;
import app.intentgate.jdbc.feed.Freshness;
import app.intentgate.jdbc.opencall.SqlOpenCallStore;
import app.intentgate.jdbc.operator.SqlOperatorStore;
import app.intentgate.jdbc.pin.SqlToolPinStore;
import app.intentgate.jdbc.policy.SqlPolicyStore;
import app.intentgate.jdbc.revocation.SqlKillSwitchStore;
import app.intentgate.jdbc.revocation.SqlRevocationStore;
import app.intentgate.store.StoreUnavailableException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A gate's state in a database: revocations, kill switches, budgets, approvals, policies,
 * operators, pins of tools, open calls. Several gates may share a PostgreSQL database; a SQLite
 * file belongs to one process. Thread-safe.
 */
public final class SqlState implements AutoCloseable {
  private final Offload offload = new Offload("intentgate-state");

  /** What agents cause: however much of it waits, operators can stop them. */
  private final Offload ofCalls = new Offload("intentgate-calls");

  private final AtomicReference<@Nullable ChangeFeed> feed = new AtomicReference<>();
  private final SqlRevocationStore revocations;
  private final SqlKillSwitchStore killSwitches;
  private final LeasedBudgetStore budgets;
  private final SqlApprovalStore approvals;
  private final SqlPolicyStore policies;
  private final SqlOperatorStore operators;
  private final SqlToolPinStore pins;
  private final SqlOpenCallStore openCalls;

  private SqlState(Database database, StateOptions options) {
    revocations = new SqlRevocationStore(database, offload, this::freshness);
    killSwitches = new SqlKillSwitchStore(database, offload, this::freshness);
    approvals = new SqlApprovalStore(database, ofCalls);
    policies = new SqlPolicyStore(database, options.clock());
    operators = new SqlOperatorStore(database, offload, this::freshness);
    pins = new SqlToolPinStore(database, offload);
    openCalls = new SqlOpenCallStore(database, ofCalls);
    // A gate that starts again is another gate: what the earlier one held is not its own.
    String gate = UUID.randomUUID().toString();
    budgets =
        new LeasedBudgetStore(
            gate,
            new SqlBudgetLedger(database, gate, options.clock()),
            database.dialect().isShared() ? LeaseOptions.shared() : LeaseOptions.alone());
    try {
      feed.set(
          ChangeFeed.open(
              database,
              List.of(
                  revocations.topic(),
                  killSwitches.topic(),
                  policies.topic(),
                  approvals.topic(),
                  operators.topic(),
                  pins.topic()),
              Map.of(SqlBudgetLedger.TOPIC, budgets::lookForRecalls),
              options.staleAfter()));
    } catch (RuntimeException e) {
      budgets.close();
      offload.close();
      ofCalls.close();
      throw e;
    }
  }

  /**
   * Reads the state of a database whose schema is up to date ({@link
   * app.intentgate.jdbc.schema.Schema#migrate}), and follows it. Blocks until it is read.
   *
   * @throws app.intentgate.jdbc.DatabaseException when it cannot be read
   */
  public static SqlState open(Database database, StateOptions options) {
    return new SqlState(database, options);
  }

  /** Opens with default options, see {@link #open(Database, StateOptions)}. */
  public static SqlState open(Database database) {
    return open(database, StateOptions.of(Clock.systemUTC()));
  }

  private Freshness freshness() {
    return feed().freshness();
  }

  private ChangeFeed feed() {
    ChangeFeed open = feed.get();
    if (open == null) {
      throw new StoreUnavailableException("the state is not open");
    }
    return open;
  }

  /** The revoked tokens. */
  public SqlRevocationStore revocations() {
    return revocations;
  }

  /** The kill switches. */
  public SqlKillSwitchStore killSwitches() {
    return killSwitches;
  }

  /** What tokens spent. */
  public LeasedBudgetStore budgets() {
    return budgets;
  }

  /** The calls that wait for a human. */
  public SqlApprovalStore approvals() {
    return approvals;
  }

  /** Drafts, slots and their history. */
  public SqlPolicyStore policies() {
    return policies;
  }

  /** The operators' accounts. */
  public SqlOperatorStore operators() {
    return operators;
  }

  /** The pins of tools. */
  public SqlToolPinStore pins() {
    return pins;
  }

  /** The calls that wait for their answer on another stream. */
  public SqlOpenCallStore openCalls() {
    return openCalls;
  }

  /** How the feed is that keeps memory up to date. */
  public FeedHealth feedHealth() {
    return feed().health();
  }

  /** Gives leases back and stops following. The database stays open. */
  @Override
  public void close() {
    budgets.close();
    ofCalls.close();
    offload.close();
    feed().close();
  }
}
