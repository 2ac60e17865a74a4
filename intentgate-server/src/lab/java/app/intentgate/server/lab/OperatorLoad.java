package app.intentgate.server.lab;

import app.intentgate.audit.AuditDecision;
import app.intentgate.audit.AuditEvent;
import app.intentgate.audit.AuditPhase;
import app.intentgate.audit.AuditQuery;
import app.intentgate.audit.AuditStore;
import app.intentgate.jdbc.testing.EmbeddedPostgresServer;
import app.intentgate.json.JsonArray;
import app.intentgate.json.JsonNumber;
import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonValue;
import app.intentgate.sdk.admin.AdminClient;
import app.intentgate.server.GateServer;
import app.intentgate.server.config.Config;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** What operators ask of a long log, over HTTP: pages, exports and a dry run. */
final class OperatorLoad {
  private static final int IN_FLIGHT = 4_000;
  private static final int TIMES = 40;
  private static final Instant START = Instant.now().minus(Duration.ofDays(2));
  private static final String POLICY =
      "package intentgate.policy\nimport rego.v1\n"
          + "default decision := {\"allow\": false, \"reason\": \"too much\"}\n"
          + "decision := {\"allow\": true, \"reason\": \"small\"} if input.args.amount < 900\n";

  private OperatorLoad() {}

  static void run(String store, int events) throws Exception {
    Map<String, String> env = new HashMap<>();
    env.put("INTENTGATE_ADDR", "127.0.0.1:0");
    env.put("INTENTGATE_DATA_DIR", Files.createTempDirectory("operator-load").toString());
    env.put("INTENTGATE_AUDIT_TARGET", "none");
    env.put("INTENTGATE_LOG_LEVEL", "error");
    env.put("INTENTGATE_ADMIN_TOKEN", Call.ADMIN_TOKEN);
    if (store.equals("postgres")) {
      env.put("INTENTGATE_POSTGRES_URL", EmbeddedPostgresServer.newDatabase());
    } else {
      env.put("INTENTGATE_STORE", store);
    }
    try (GateServer gate = GateServer.start(Config.of(env));
        AdminClient admin =
            AdminClient.builder()
                .url("http://127.0.0.1:" + gate.port())
                .token(Call.ADMIN_TOKEN)
                .timeout(Duration.ofMinutes(10))
                .build()) {
      fill(gate.gate().audit(), events);
      pages(admin);
      for (int i = 0; i < 2; i++) {
        export(admin, "json");
        export(admin, "csv");
      }
      dryRun(admin);
    }
  }

  private static AuditEvent event(long i) {
    return AuditEvent.builder()
        .at(START.plusMillis(i * 30))
        .decision(i % 10 == 0 ? AuditDecision.BLOCK : AuditDecision.ALLOW)
        .check(i % 10 == 0 ? "policy" : "")
        .phase(AuditPhase.DECISION)
        .reason("all four checks passed")
        .tenant("tenant-" + i % 4)
        .agentId("agent-" + i % 50)
        .tool("tool_" + i % 20)
        .argKeys(List.of("amount"))
        .argValues(JsonObject.of("amount", JsonNumber.of(i % 1000)))
        .capabilityTokenId("AAAAAGdld2lsbGlhbS1jcQ")
        .rootCapabilityTokenId("AAAAAGdld2lsbGlhbS1jcQ")
        .caveatCount(3)
        .latencyMs(1)
        .remoteIp("127.0.0.1:53104")
        .callId("call-" + i)
        .policySha256("1f0d64cc6d8f24ed0b9fdc2bd0f6cf3e8c5a7c6f0f6f0a11c4c2e897b1a2d9c2")
        .zone("default")
        .build();
  }

  private static void fill(AuditStore audit, int events) throws InterruptedException {
    Semaphore room = new Semaphore(IN_FLIGHT);
    long start = System.nanoTime();
    for (int i = 0; i < events; i++) {
      room.acquire();
      audit.append(event(i)).whenComplete((stored, failure) -> room.release());
    }
    room.acquire(IN_FLIGHT);
    Lab.say("%,d events stored in %.1f s", events, seconds(start));
  }

  private static double seconds(long start) {
    return (System.nanoTime() - start) / (double) TimeUnit.SECONDS.toNanos(1);
  }

  private static void pages(AdminClient admin) {
    String hour = "&from=" + START.plusSeconds(3_600) + "&to=" + START.plusSeconds(7_200);
    for (String query :
        List.of(
            "",
            "&tenant=tenant-1",
            "&tool=tool_7",
            "&agent_id=agent-7",
            "&decision=block",
            "&check=policy",
            hour,
            "&tenant=tenant-1&tool=tool_5",
            "&tenant=tenant-1&agent_id=agent-1",
            "&tenant=tenant-1&decision=allow",
            "&tenant=tenant-0&check=policy",
            "&tenant=tenant-1" + hour,
            "&tenant=tenant-1&count=true")) {
      page(admin, "/v1/admin/audit?limit=100" + query);
    }
  }

  private static void page(AdminClient admin, String path) {
    double[] millis = new double[TIMES];
    int rows = 0;
    for (int i = 0; i < TIMES + 10; i++) {
      long start = System.nanoTime();
      JsonObject answer = admin.get(path);
      millis[i % TIMES] = seconds(start) * 1e3;
      rows = answer.get("events") instanceof JsonArray list ? list.size() : 0;
    }
    Arrays.sort(millis);
    Lab.say(
        "%-75s %3d rows, median %.1f ms, worst of %d %.1f ms",
        path.replaceAll("20\\d\\d-[^&]*", "T"), rows, millis[TIMES / 2], TIMES, millis[TIMES - 1]);
  }

  private static void export(AdminClient admin, String format) throws IOException {
    long start = System.nanoTime();
    long cpu = cpuMillis(ProcessHandle.current());
    long databaseCpu = cpuOfDatabase();
    long lines = 0;
    long bytes = 0;
    byte[] buffer = new byte[1 << 16];
    try (InputStream in = admin.audit().export(format, AuditQuery.all())) {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        bytes += n;
        for (int i = 0; i < n; i++) {
          lines += buffer[i] == '\n' ? 1 : 0;
        }
      }
    }
    Lab.say(
        "export %s: %,d lines, %,d MB in %.1f s; CPU a line: %.1f us here, this reader included,"
            + " and %.1f us in the database's processes",
        format,
        lines,
        bytes / 1_000_000,
        seconds(start),
        1e3 * (cpuMillis(ProcessHandle.current()) - cpu) / lines,
        1e3 * (cpuOfDatabase() - databaseCpu) / lines);
  }

  private static long cpuMillis(ProcessHandle process) {
    return process.info().totalCpuDuration().orElse(Duration.ZERO).toMillis();
  }

  private static long cpuOfDatabase() {
    return ProcessHandle.current().descendants().mapToLong(OperatorLoad::cpuMillis).sum();
  }

  private static void dryRun(AdminClient admin) throws IOException {
    for (int i = 0; i < 3; i++) {
      long start = System.nanoTime();
      long told = 0;
      String last = "";
      JsonObject options = JsonObject.of("limit", JsonValue.of(100_000));
      try (BufferedReader in =
          new BufferedReader(
              new InputStreamReader(
                  admin.policies().dryRunLines(POLICY, options), StandardCharsets.UTF_8))) {
        for (String line = in.readLine(); line != null; line = in.readLine()) {
          told++;
          last = line;
        }
      }
      Lab.say(
          "dry run: %.1f s, %d lines, %s",
          seconds(start), told, last.substring(0, Math.min(120, last.length())));
    }
  }
}
