package app.intentgate.examples.agents;

import app.intentgate.approval.ApprovalDecision;
import app.intentgate.audit.AuditPhase;
import app.intentgate.audit.AuditQuery;
import app.intentgate.sdk.IntentGateClient;
import app.intentgate.server.GateServer;
import app.intentgate.server.config.Config;
import app.intentgate.token.CapabilityToken;
import app.intentgate.token.Grant;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A gate as it is served, in front of a tool server. */
final class RealGate implements AutoCloseable {
  static final String ADMIN = "an-admin-token-for-tests";

  final ToolServer tools;
  final GateServer server;

  RealGate(Path folder, String... settings) throws IOException {
    tools = new ToolServer();
    Path policy = folder.resolve("agents.rego");
    try (var in = RealGate.class.getResourceAsStream("/agents.rego")) {
      Files.copy(in, policy);
    }
    Map<String, String> env = new HashMap<>();
    env.put("INTENTGATE_ADDR", "127.0.0.1:0");
    env.put("INTENTGATE_DATA_DIR", folder.resolve("data").toString());
    env.put("INTENTGATE_STORE", "memory");
    env.put("INTENTGATE_AUDIT_TARGET", "none");
    env.put("INTENTGATE_LOG_LEVEL", "error");
    env.put("INTENTGATE_REQUIRE_CAPABILITY", "true");
    env.put("INTENTGATE_ADMIN_TOKEN", ADMIN);
    env.put("INTENTGATE_POLICY_FILE", policy.toString());
    env.put("INTENTGATE_UPSTREAM_URL", tools.url());
    env.put("INTENTGATE_APPROVAL_ASYNC", "true");
    for (int i = 0; i < settings.length; i += 2) {
      env.put("INTENTGATE_" + settings[i], settings[i + 1]);
    }
    server = GateServer.start(Config.of(env));
  }

  String url() {
    return "http://127.0.0.1:" + server.port();
  }

  CapabilityToken token(String agent, String... patterns) {
    Grant grant = Grant.to(agent);
    return server.gate().mint(patterns.length == 0 ? grant : grant.tools(patterns));
  }

  IntentGateClient client(CapabilityToken token) {
    return IntentGateClient.builder().url(url()).token(token).build();
  }

  void decide(String pendingId, boolean approve) {
    var row =
        server
            .gate()
            .approvals()
            .decide(
                pendingId,
                null,
                new ApprovalDecision(approve, "operator:bob", "bob", "", Instant.now()))
            .toCompletableFuture()
            .join();
    if (row.isEmpty()) {
      throw new AssertionError("nothing waits as " + pendingId);
    }
  }

  /** The decisions of tool calls so far, such as {@code allow read_invoice}, in order. */
  List<String> decisions() {
    return server
        .gate()
        .audit()
        .query(AuditQuery.builder().event("intentgate.tool_call").oldestFirst().build())
        .events()
        .stream()
        .map(stored -> stored.event())
        .filter(event -> event.phase() == AuditPhase.DECISION)
        .map(event -> event.decision().wireName() + " " + event.tool())
        .toList();
  }

  @Override
  public void close() {
    server.close();
    tools.close();
  }
}
