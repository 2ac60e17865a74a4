package app.intentgate.jdbc.audit;

import app.intentgate.audit.AuditDecision;
import app.intentgate.audit.AuditEvent;
import app.intentgate.audit.AuditPhase;
import app.intentgate.audit.AuditQuery;
import app.intentgate.audit.AuditQueryBuilder;
import app.intentgate.audit.AuditWriter;
import app.intentgate.audit.VerificationReport;
import app.intentgate.jdbc.Database;
import app.intentgate.jdbc.DatabaseTarget;
import app.intentgate.jdbc.PostgresUrl;
import app.intentgate.jdbc.schema.Schema;
import app.intentgate.jdbc.testing.EmbeddedPostgresServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The audit store on a database, as a program: {@code append postgres 60}, {@code append sqlite
 * 10}, {@code query postgres 100000}, {@code query sqlite 5000000}. Prints one line for each
 * figure. PostgreSQL runs with fsync when {@code -Dintentgate.test.fsync=on}.
 */
public final class AuditStoreBenchmark {
  private static final Instant START = Instant.parse("2026-05-11T22:30:00Z");
  private static final int IN_FLIGHT = 4_000;
  private static final long PART = 20_000;

  private AuditStoreBenchmark() {}

  /** Runs one benchmark. */
  public static void main(String[] args) throws Exception {
    Path directory = Files.createTempDirectory("audit-bench");
    boolean postgres = args[1].equals("postgres");
    DatabaseTarget target =
        postgres
            ? new DatabaseTarget.Postgres(PostgresUrl.parse(EmbeddedPostgresServer.newDatabase()))
            : new DatabaseTarget.SqliteFile(directory.resolve("bench.db"));
    AuditWriter.Limits limits = new AuditWriter.Limits(20_000, 2_000, Duration.ofSeconds(30));
    try (Database database = Database.open(target)) {
      Schema.of(database).migrate();
      new MonthPartitions(database, Clock.systemUTC()).makeAhead();
      try (JdbcAuditStore store = new JdbcAuditStore(database, limits, null)) {
        if (args[0].equals("append")) {
          append(store, Long.parseLong(args[2]), postgres ? 3 : 1);
        } else {
          fill(database, Long.parseLong(args[2]), postgres);
          query(store);
        }
      }
    }
    System.exit(0);
  }

  private static AuditEvent event(long i) {
    return AuditEvent.builder()
        .at(START.plusMillis(i))
        .decision(i % 10 == 0 ? AuditDecision.BLOCK : AuditDecision.ALLOW)
        .phase(AuditPhase.DECISION)
        .reason("all four checks passed")
        .tenant("acme")
        .agentId("agent-" + i % 50)
        .tool("tool_" + i % 20)
        .capabilityTokenId("AAAAAGdld2lsbGlhbS1jcQ")
        .rootCapabilityTokenId("AAAAAGdld2lsbGlhbS1jcQ")
        .caveatCount(3)
        .latencyMs(1)
        .remoteIp("127.0.0.1:53104")
        .callId("call-" + i)
        .policySha256("1f0d64cc6d8f24ed0b9fdc2bd0f6cf3e8c5a7c6f0f6f0a11c4c2e897b1a2d9c2")
        .chainId("3n4kWFj36Epde8YtaKneoCe85asWQT2xbj5qUJ5PlhY")
        .zone("default")
        .build();
  }

  private static void append(JdbcAuditStore store, long seconds, int statementsPerCommit)
      throws Exception {
    Semaphore room = new Semaphore(IN_FLIGHT);
    AtomicLong failed = new AtomicLong();
    long start = System.nanoTime();
    long end = start + TimeUnit.SECONDS.toNanos(seconds);
    long cpu = cpuMillis(ProcessHandle.current());
    long serverCpu = ProcessHandle.current().descendants().mapToLong(p -> cpuMillis(p)).sum();
    long sent = 0;
    while (System.nanoTime() < end) {
      room.acquire();
      store
          .append(event(sent++))
          .whenComplete(
              (stored, failure) -> {
                room.release();
                if (failure != null) {
                  failed.incrementAndGet();
                }
              });
    }
    room.acquire(IN_FLIGHT);
    double took = (System.nanoTime() - start) / 1e9;
    System.out.printf(
        "append: %,d events in %.1f s = %,.0f/s, %d failed, %d commits, %.4f statements per"
            + " event%n",
        sent,
        took,
        sent / took,
        failed.get(),
        store.commits(),
        statementsPerCommit * (double) store.commits() / sent);
    System.out.printf(
        "cpu: %.1f us per event here, %.1f us in the server's processes%n",
        1e3 * (cpuMillis(ProcessHandle.current()) - cpu) / sent,
        1e3
            * (ProcessHandle.current().descendants().mapToLong(p -> cpuMillis(p)).sum() - serverCpu)
            / sent);
    for (int i = 0; i < 3; i++) {
      verify(store);
    }
  }

  private static long cpuMillis(ProcessHandle process) {
    return process.info().totalCpuDuration().orElse(Duration.ZERO).toMillis();
  }

  private static long cpuOfAll() {
    return cpuMillis(ProcessHandle.current())
        + ProcessHandle.current().descendants().mapToLong(p -> cpuMillis(p)).sum();
  }

  private static void verify(JdbcAuditStore store) {
    long start = System.nanoTime();
    long cpu = cpuMillis(ProcessHandle.current());
    VerificationReport report = store.verify("acme", null, null);
    double took = (System.nanoTime() - start) / 1e9;
    System.out.printf(
        "verify: %s, %,d events in %.1f s = %,.0f/s, %.1f us of cpu each here%n",
        report.ok() ? "intact" : report.broken(),
        report.verified(),
        took,
        report.verified() / took,
        1e3 * (cpuMillis(ProcessHandle.current()) - cpu) / report.verified());
  }

  /** Rows that are like those above in size and spread; their hashes do not matter to a query. */
  private static void fill(Database database, long rows, boolean postgres) throws SQLException {
    for (long from = 1; from <= rows; from += PART) {
      fill(database, from, Math.min(rows, from + PART - 1), postgres);
    }
    if (postgres) {
      try (Connection connection = database.connect();
          Statement vacuum = connection.createStatement()) {
        vacuum.execute("VACUUM ANALYZE ig_audit_events, ig_audit_commits");
      }
    } else {
      database.write(
          handle ->
              handle.execute(
                  "INSERT INTO ig_audit_times SELECT chain, seq / 1024, min(ts), max(ts)"
                      + " FROM ig_audit_events GROUP BY chain, seq / 1024"));
    }
  }

  private static void fill(Database database, long from, long to, boolean postgres) {
    long start = START.toEpochMilli() * 1000;
    String time =
        postgres
            ? "timestamptz 'epoch' + (" + start + " + i * 100000) * interval '1 microsecond'"
            : start + " + i * 100000";
    database.write(
        handle -> {
          handle.execute(
              series(from, to, 1, postgres)
                  + "INSERT INTO ig_audit_events SELECT 'acme', i, "
                  + time
                  + ", 'acme', 'intentgate.tool_call', 'allow', '', 'agent-' || (i % 50), 'tool_'"
                  + " || (i % 20), 'AAAAAGdld2lsbGlhbS1jcQ', '', 'call-' || i,"
                  + " '{\"ts\":\"2026-05-11T22:30:00Z\",\"event\":"
                  + "\"intentgate.tool_call\",\"schema_version\":\"8\",\"decision\":\"allow\",\"reason\":\"all"
                  + " four checks passed\",\"tenant\":\"acme\",\"tool\":\"tool_' || (i % 20) ||"
                  + " '\",\"latency_ms\":1,\"call_id\":\"call-' || i || '\",\"seq\":' || i ||"
                  + " ',\"phase\":\"decision\",\"hash\":\"' || '"
                  + "0".repeat(400)
                  + "\"}' FROM s");
          handle.execute(
              series(from + 99, to, 100, postgres)
                  + "INSERT INTO ig_audit_commits SELECT i / 100, 'acme', i - 99, i FROM s");
          return true;
        });
  }

  /** Numbers as the rows of a table {@code s}. */
  private static String series(long from, long to, long step, boolean postgres) {
    String numbers =
        postgres
            ? "SELECT i::bigint FROM generate_series(" + from + ", " + to + ", " + step + ") AS i"
            : "SELECT "
                + from
                + " UNION ALL SELECT i + "
                + step
                + " FROM s WHERE i + "
                + step
                + " <= "
                + to;
    return "WITH RECURSIVE s(i) AS (" + numbers + ") ";
  }

  private static void query(JdbcAuditStore store) {
    time(
        "newest 100 of a tenant's tool", store, AuditQuery.builder().tenant("acme").tool("tool_7"));
    time("newest 100 of a tenant", store, AuditQuery.builder().tenant("acme"));
    time("newest 100 of all", store, AuditQuery.builder());
    time("newest 100 of a tool, all tenants", store, AuditQuery.builder().tool("tool_7"));
    time("one call", store, AuditQuery.builder().callId("call-77"));
    Instant early = START.plusSeconds(3_600);
    AuditQueryBuilder window = AuditQuery.builder().from(early).to(early.plusSeconds(3_600));
    time("newest 100 of an early hour, all tenants", store, window);
    time("newest 100 of an early hour of a tenant", store, window.tenant("acme"));
    time("the same and of a tool", store, window.tool("tool_7"));
  }

  private static void time(String name, JdbcAuditStore store, AuditQueryBuilder query) {
    double[] millis = new double[60];
    int found = 0;
    long cpu = 0;
    for (int i = 0; i < millis.length; i++) {
      if (i == 20) {
        cpu = cpuOfAll();
      }
      long start = System.nanoTime();
      found = store.query(query.build()).events().size();
      millis[i] = (System.nanoTime() - start) / 1e6;
    }
    double[] warm = Arrays.copyOfRange(millis, 20, millis.length);
    Arrays.sort(warm);
    System.out.printf(
        "query %s: %d rows, median %.2f ms, best %.2f ms, worst of 40 %.2f ms, cpu here and in the"
            + " server %.2f ms%n",
        name, found, warm[20], warm[0], warm[39], (cpuOfAll() - cpu) / 40.0);
  }
}
