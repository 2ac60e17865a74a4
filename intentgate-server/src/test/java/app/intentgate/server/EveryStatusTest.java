package app.intentgate.server;

import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.server.exchange.Answer;
import app.intentgate.server.exchange.Contract;
import app.intentgate.server.exchange.FakeIssuer;
import app.intentgate.server.exchange.OpenApi;
import app.intentgate.server.exchange.OpenApi.Operation;
import app.intentgate.server.exchange.RawHttp;
import app.intentgate.server.http.FrontHandler;
import app.intentgate.server.http.NoAgents;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every status that the OpenAPI document has for an operation is answered by it, and as documented;
 * what cannot be brought about is not in the document (B40).
 */
@Timeout(180)
class EveryStatusTest {
  private static final String MCP = "POST /v1/mcp";
  private static final String CALL = "POST /v1/tool-call";
  private static final String NOTE =
      "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}";
  private static final String INITIALIZE =
      "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"initialize\",\"params\":{}}";

  /** Only two who change the same thing in the same moment see these. */
  private static final Set<String> RACES =
      Set.of(
          "PUT /v1/admin/policies/drafts/{id} 409",
          "POST /v1/admin/policies/reject 409",
          "DELETE /v1/admin/operators/{id} 409");

  @TempDir Path directory;
  private final StatusLog log = new StatusLog();

  private static boolean isAdmin(Operation operation) {
    return operation.path().startsWith("/v1/admin/");
  }

  private static boolean waits(Operation operation) {
    return isAdmin(operation) || operation.path().startsWith("/v1/consent/");
  }

  @Test
  void everyDocumentedStatusIsAnswered() throws Exception {
    strangers();
    whatIsOff();
    tooManyOperators();
    agents();
    withoutAStore();
    accessTokens();
    new OperatorScript(log, directory).play();

    Set<String> missing = log.missing();
    missing.removeAll(RACES);
    assertThat(missing).isEmpty();
    assertThat(StatusLog.documented()).containsAll(RACES);
  }

  /** 401, 403 and 429. */
  private void strangers() {
    try (TestGate gate = TestGate.start(directory, "METRICS_ENABLED", "true")) {
      log.each(gate, 403, o -> o.json().at("/responses/403").isObject(), "Origin", "https://x.y");
      log.each(gate, 401, EveryStatusTest::isAdmin);
      for (int i = 0; i < 101; i++) {
        gate.get("/v1/admin/whoami", "Authorization", "Bearer wrong-token-" + i);
      }
      log.each(gate, 429, EveryStatusTest::isAdmin, "Authorization", "Bearer wrong-token");
    }
  }

  /** 404 of what is not configured, or not built. */
  private void whatIsOff() {
    try (TestGate gate = TestGate.start(directory, "ADMIN_TOKEN", "")) {
      log.each(gate, 404, o -> o.json().at("/responses/404").isObject());
    }
  }

  /** 503 where more operators wait than may. */
  private void tooManyOperators() throws Exception {
    Server server = new Server();
    ServerConnector connector = new ServerConnector(server);
    server.setHandler(
        new FrontHandler(
            new NoAgents(),
            List.of(),
            false,
            route -> true,
            task -> {
              throw new RejectedExecutionException();
            }));
    server.addConnector(connector);
    server.start();
    try {
      for (Operation operation : OpenApi.operations()) {
        if (waits(operation)) {
          String path = operation.path().replaceAll("\\{[^}]*}", "x");
          Answer answer =
              RawHttp.call(
                  connector.getLocalPort(), operation.method(), path, List.of(), new byte[0]);
          Contract.check(operation.method(), path, answer);
          assertThat(answer.status()).as(operation.name()).isEqualTo(503);
          log.saw(operation.name(), 503);
        }
      }
    } finally {
      server.stop();
    }
  }

  private void agents() {
    try (TestGate gate = TestGate.start(directory, "METRICS_ENABLED", "true")) {
      for (String path : List.of("/healthz", "/readyz", "/metrics", "/openapi.json")) {
        log.ask(gate, 200, "GET " + path, path, "");
      }
      log.ask(gate, 200, MCP, "/v1/mcp", INITIALIZE);
      log.ask(gate, 202, MCP, "/v1/mcp", NOTE);
      String[] modern = {"MCP-Protocol-Version", "2026-07-28"};
      log.ask(gate, 400, MCP, "/v1/mcp", INITIALIZE.replace("initialize", "ping"), modern);
      String[] bad = {"MCP-Protocol-Version", "2025-11-25", "Authorization", "Bearer no"};
      log.ask(gate, 401, MCP, "/v1/mcp", INITIALIZE, bad);
      log.ask(
          gate,
          404,
          MCP,
          "/v1/mcp",
          "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"no/such\",\"params\":"
              + McpClient.modernParams("")
              + "}",
          "MCP-Protocol-Version",
          "2026-07-28",
          "Mcp-Method",
          "no/such");
      log.ask(gate, 200, CALL, "/v1/tool-call", "{\"tool\":\"read_a\"}");
      log.ask(gate, 202, CALL, "/v1/tool-call", NOTE);
      log.ask(gate, 400, CALL, "/v1/tool-call", "[]");
    }
  }

  private void withoutAStore() {
    try (TestGate gate = TestGate.start(directory.resolve("file"), "STORE", "file")) {
      gate.server().gate().audit().close();
      log.ask(gate, 503, "GET /readyz", "/readyz", "");
      log.ask(gate, 503, CALL, "/v1/tool-call", "{\"tool\":\"read_a\"}");
    }
  }

  private void accessTokens() throws Exception {
    try (FakeIssuer issuer = new FakeIssuer();
        TestGate gate = OAuthGate.start(directory, issuer, OAuthGate.RULES)) {
      for (String path : List.of("", "/v1/mcp")) {
        String metadata = "/.well-known/oauth-protected-resource" + path;
        log.ask(gate, 200, "GET " + metadata, metadata, "");
      }
      String[] wrong = {"Authorization", "Bearer a.b.c"};
      log.ask(gate, 401, CALL, "/v1/tool-call", INITIALIZE, wrong);
    }
    try (FakeIssuer issuer = new FakeIssuer()) {
      issuer.answerKeys(exchange -> FakeIssuer.json(exchange, 500, "{}"));
      try (TestGate gate = OAuthGate.start(directory, issuer, OAuthGate.RULES)) {
        String[] token = {"Authorization", "Bearer " + OAuthGate.reader(issuer)};
        log.ask(gate, 503, MCP, "/v1/mcp", INITIALIZE, token);
      }
    }
  }
}
