package app.intentgate.server;

import static app.intentgate.testing.Eventually.until;
import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.audit.AuditDecision;
import app.intentgate.audit.AuditEvent;
import app.intentgate.audit.AuditPhase;
import app.intentgate.jdbc.Database;
import app.intentgate.jdbc.DatabaseTarget;
import app.intentgate.jdbc.PostgresUrl;
import app.intentgate.jdbc.testing.EmbeddedPostgresServer;
import app.intentgate.server.McpClient.Got;
import app.intentgate.server.exchange.FakeMcpServer;
import app.intentgate.token.Grant;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A call forwarded by one gate whose answer comes by way of another of the same database (mcp L9).
 */
@Timeout(120)
class OpenCallsOfTwoGatesTest {
  private static final String DROPPED = "a response to a request that does not wait for one";

  @TempDir Path directory;
  private final CountDownLatch resumed = new CountDownLatch(1);
  private FakeMcpServer server;
  private String url;
  private boolean stopped;
  private TestGate a;
  private TestGate b;

  @BeforeEach
  void start() throws Exception {
    server = new FakeMcpServer(this::play);
    url = EmbeddedPostgresServer.newMigratedDatabase();
    a = gate("a");
    b = gate("b");
  }

  private TestGate gate(String name) {
    return TestGate.start(
        directory.resolve(name),
        "STORE",
        "postgres",
        "POSTGRES_URL",
        url,
        "UPSTREAM_URL",
        server.url());
  }

  private void play(FakeMcpServer.Seen request, FakeMcpServer.Reply reply) throws Exception {
    if (request.rpc().equals("initialize")) {
      reply
          .header("Mcp-Session-Id", "up-1")
          .result(
              request,
              "{\"protocolVersion\":\"2025-11-25\",\"capabilities\":{},"
                  + "\"serverInfo\":{\"name\":\"fake\"}}");
      return;
    }
    assertThat(request.header("Mcp-Session-Id")).isEqualTo("up-1");
    if (request.method().equals("GET")) {
      assertThat(request.header("Last-Event-ID")).isEqualTo("e-1");
      reply.stream()
          .raw(
              "id: e-2\ndata: {\"jsonrpc\":\"2.0\",\"id\":7,\"result\":{\"content\":[{\"type\":"
                  + "\"text\",\"text\":\"late\"}]}}\n\n")
          .end();
      resumed.countDown();
      return;
    }
    var stream = reply.stream().raw("id: e-1\nretry: 5\ndata:\n\n");
    if (request.json().path("params").path("name").asText().equals("read_held")) {
      resumed.await(20, TimeUnit.SECONDS);
    }
    stream.end();
  }

  @AfterEach
  void end() {
    if (!stopped) {
      a.close();
    }
    b.close();
    server.close();
  }

  private List<AuditEvent> events(TestGate gate) {
    return gate.events().stream().map(stored -> stored.event()).toList();
  }

  private List<AuditEvent> outcomes(TestGate gate) {
    return events(gate).stream().filter(event -> event.phase() == AuditPhase.OUTCOME).toList();
  }

  /** The same client, at another gate. */
  private static McpClient elsewhere(TestGate gate, String token, String session) {
    return new McpClient(gate, token)
        .legacy()
        .with("Mcp-Session-Id", session)
        .with("Last-Event-ID", "e-1");
  }

  @Test
  void l9ACallOfOneGateIsAnsweredByWayOfAnotherAndHasOneOutcome() throws Exception {
    String token = a.mint(Grant.to("agent").tenant("acme"));
    McpClient client = new McpClient(a, token).initialize();
    String session;
    try (Got first = client.call(7, "read_a")) {
      assertThat(first.piece()).startsWith("id: e-1");
      assertThat(first.piece()).as("the call is kept before its stream ends").isNull();
      session = client.session();
    }
    assertThat(outcomes(a)).as("not the end of the call").isEmpty();
    a.close();
    stopped = true;

    String stranger = b.mint(Grant.to("other").tenant("acme"));
    try (Got got = elsewhere(b, stranger, session).send("GET", "")) {
      assertThat(got.status()).isEqualTo(404);
    }
    try (Got got = elsewhere(b, token, session).send("GET", "")) {
      assertThat(got.piece())
          .startsWith("id: e-2\ndata: ")
          .contains("late", "\"_intentgate\"", "\"decision\":\"allow\"");
    }
    try (Got again = elsewhere(b, token, session).send("GET", "")) {
      assertThat(again.piece()).as("it was answered").isNull();
    }
    until(() -> events(b).stream().anyMatch(event -> event.reason().equals(DROPPED)));
    assertThat(outcomes(b)).hasSize(1);
    AuditEvent outcome = outcomes(b).get(0);
    assertThat(outcome.decision()).isEqualTo(AuditDecision.ALLOW);
    assertThat(outcome.tool()).isEqualTo("read_a");
    assertThat(outcome.tenant()).isEqualTo("acme");
    assertThat(outcome.agentId()).isEqualTo("agent");
    assertThat(outcome.callId())
        .isEqualTo(
            events(b).stream()
                .filter(event -> event.tool().equals("read_a"))
                .filter(event -> event.phase() == AuditPhase.DECISION)
                .findFirst()
                .orElseThrow()
                .callId());
  }

  @Test
  void l9AClientThatLeftItsStreamGoesOnAtAnotherGate() throws Exception {
    String token = a.mint(Grant.to("agent"));
    McpClient client = new McpClient(a, token).initialize();
    try (Got first = client.call(7, "read_held")) {
      assertThat(first.piece()).startsWith("id: e-1");
    }
    until(() -> open() == 1);
    try (Got got = elsewhere(b, token, client.session()).send("GET", "")) {
      assertThat(got.piece()).startsWith("id: e-2\ndata: ").contains("late", "\"_intentgate\"");
    }
    until(() -> outcomes(b).size() == 1);
    assertThat(outcomes(b).get(0).decision()).isEqualTo(AuditDecision.ALLOW);
    assertThat(open()).isZero();
  }

  @Test
  void l9AnAnswerThatOutrunsTheFirstGatesNoticeThatItsClientLeftIsNotLost() throws Exception {
    String token = a.mint(Grant.to("agent"));
    McpClient client = new McpClient(a, token).initialize();
    Got first = client.call(7, "read_held");
    assertThat(first.piece()).startsWith("id: e-1");

    try (Got got = elsewhere(b, token, client.session()).send("GET", "")) {
      assertThat(resumed.await(20, TimeUnit.SECONDS)).isTrue();
      // The server answered the other gate while this one still has a client.
      first.close();
      assertThat(got.piece()).startsWith("id: e-2\ndata: ").contains("late", "\"_intentgate\"");
    }
    until(() -> outcomes(b).size() == 1);
    assertThat(open()).isZero();
  }

  @Test
  void l9AGateThatDoesNotKnowYetThatItsClientLeftGivesTheCallUpToTheStreamThatGoesOn()
      throws Exception {
    String token = a.mint(Grant.to("agent"));
    McpClient client = new McpClient(a, token).initialize();
    try (Got first = client.call(7, "read_held")) {
      assertThat(first.piece()).startsWith("id: e-1");
      try (Got got = elsewhere(a, token, client.session()).send("GET", "")) {
        assertThat(got.piece()).startsWith("id: e-2\ndata: ").contains("late", "\"_intentgate\"");
      }
      assertThat(first.piece()).as("it ended without an answer of its own").isNull();
    }
    until(() -> outcomes(a).size() == 1);
    assertThat(outcomes(a).get(0).decision()).isEqualTo(AuditDecision.ALLOW);
    assertThat(open()).isZero();
  }

  private long open() {
    DatabaseTarget target = new DatabaseTarget.Postgres(PostgresUrl.parse(url));
    try (Database database = Database.open(target)) {
      return database.read(
          handle ->
              handle.createQuery("SELECT count(*) FROM ig_open_calls").mapTo(Long.class).one());
    }
  }
}
