package app.intentgate.jdbc.audit;

import app.intentgate.audit.AuditEvent;
import app.intentgate.audit.AuditException;
import app.intentgate.audit.AuditHealth;
import app.intentgate.audit.AuditPage;
import app.intentgate.audit.AuditQuery;
import app.intentgate.audit.AuditStore;
import app.intentgate.audit.AuditVisitor;
import app.intentgate.audit.AuditWriter;
import app.intentgate.audit.ChainHead;
import app.intentgate.audit.LineVisitor;
import app.intentgate.audit.StoredEvent;
import app.intentgate.audit.VerificationReport;
import app.intentgate.jdbc.Database;
import app.intentgate.jdbc.DatabaseException;
import app.intentgate.jdbc.PostgresDialect;
import app.intentgate.jdbc.Reachability;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the chains of all tenants in a database, durable by group commit: a stage completes after
 * the transaction of its batch was committed. Several gates may write one tenant's chain; its head
 * is locked from link to commit. Thread-safe.
 *
 * <p>While the database is away, appends wait up to the limit and then fail; what a caller was told
 * is not stored is not stored afterwards (B59). The schema must be there: {@link
 * app.intentgate.jdbc.schema.Schema#migrate}. The database stays open when the store is closed.
 */
public final class JdbcAuditStore implements AuditStore {
  private static final System.Logger LOG = System.getLogger(JdbcAuditStore.class.getName());
  private static final Duration ASK_EVERY = Duration.ofSeconds(1);
  private static final long FAILURE_COUNTS_NANOS = 3_000_000_000L;

  private final SqlCommitter committer;
  private final AuditWriter writer;
  private final SqlReading reading;
  private final SqlExport export;
  private final SqlVerification verification;
  private final Reachability reachability;
  private long failuresSeen;
  private long failureSeenAt;
  private volatile boolean closed;

  /** A store with default limits that completes stages on a thread of its own. */
  public JdbcAuditStore(Database database) {
    this(database, AuditWriter.Limits.ofDefaults(), null);
  }

  /**
   * A store.
   *
   * @param limits how much may wait to become durable, and how long
   * @param completions where stages are completed, one task per batch; null for a thread of its own
   */
  public JdbcAuditStore(
      Database database, AuditWriter.Limits limits, @Nullable Executor completions) {
    AuditSql sql =
        database.dialect() instanceof PostgresDialect
            ? new PostgresAuditSql()
            : new SqliteAuditSql();
    prepare(database, sql);
    this.committer = new SqlCommitter(database, sql);
    this.reading = new SqlReading(database, sql);
    this.export = new SqlExport(database, sql);
    this.verification = new SqlVerification(database, sql);
    this.writer = new AuditWriter("audit-sql", limits, committer, completions);
    this.reachability = new Reachability(database, ASK_EVERY);
  }

  private static void prepare(Database database, AuditSql sql) {
    database.write(
        handle -> {
          sql.prepare(handle.getConnection());
          return true;
        });
  }

  @Override
  public CompletionStage<StoredEvent> append(AuditEvent event) {
    AuditEvent storable;
    try {
      storable = AuditStore.storable(event);
    } catch (AuditException e) {
      return CompletableFuture.failedFuture(e);
    }
    return writer.append(storable);
  }

  @Override
  public AuditPage query(AuditQuery query) {
    return answered(() -> reading.page(query));
  }

  @Override
  public void export(AuditQuery query, AuditVisitor visitor) {
    exportLines(
        query,
        line -> {
          StoredEvent event;
          try {
            event = line.read();
          } catch (AuditException e) {
            LOG.log(
                System.Logger.Level.WARNING, "an audit row cannot be read; verify the chain", e);
            return true;
          }
          return visitor.visit(event);
        });
  }

  @Override
  public void exportLines(AuditQuery query, LineVisitor visitor) {
    answered(
        () -> {
          export.export(query, visitor);
          return true;
        });
  }

  @Override
  public VerificationReport verify(String tenant, @Nullable Instant from, @Nullable Instant to) {
    return answered(() -> verification.verify(tenant, from, to));
  }

  @Override
  public List<ChainHead> heads() {
    return answered(
        () ->
            verification.heads().stream()
                .map(HeadRow::head)
                .filter(Objects::nonNull)
                .sorted(Comparator.comparing(ChainHead::chain))
                .toList());
  }

  private static <T> T answered(Supplier<T> question) {
    try {
      return question.get();
    } catch (DatabaseException e) {
      throw new AuditException(
          AuditException.Code.STORE_UNAVAILABLE, String.valueOf(e.getMessage()), e);
    }
  }

  @Override
  public AuditHealth health() {
    String problem = problem();
    return new AuditHealth(
        problem == null, problem, writer.pending(), writer.appended(), writer.failed(), 0, 0, null);
  }

  /**
   * What is wrong now. A failure counts for some seconds and then has to happen again: a gate that
   * is asked for nothing because it is not ready would otherwise never be ready again.
   */
  private synchronized @Nullable String problem() {
    long failures = writer.failed() + committer.retries();
    long now = System.nanoTime();
    if (failures != failuresSeen) {
      failuresSeen = failures;
      failureSeenAt = now;
    }
    boolean recent = failures > 0 && now - failureSeenAt < FAILURE_COUNTS_NANOS;
    String failed = writer.problem() != null ? writer.problem() : committer.problem();
    return closed || (recent && failed != null) ? failed : reachability.problem();
  }

  /** How many transactions the writer committed, for the number of statements per event. */
  public long commits() {
    return committer.commits();
  }

  /** How many transactions the writer had to try again. */
  public long retries() {
    return committer.retries();
  }

  @Override
  public void close() {
    closed = true;
    reachability.close();
    committer.closing();
    writer.close();
  }
}
