package app.intentgate.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.intentgate.audit.AuditDecision;
import app.intentgate.audit.AuditEvent;
import app.intentgate.token.Grant;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Following the audit log over HTTP. */
@Timeout(60)
class AuditStreamTest {
  @TempDir Path directory;

  /** A client that reads the stream line by line. */
  private static final class Client implements AutoCloseable {
    private final BufferedReader lines;
    private String lastId;

    Client(TestGate gate, String query, String token, String lastId) throws Exception {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(
                  URI.create("http://127.0.0.1:" + gate.port() + "/v1/admin/audit/stream" + query))
              .header("Authorization", "Bearer " + token);
      if (lastId != null) {
        request.header("Last-Event-ID", lastId);
      }
      HttpResponse<java.io.InputStream> response =
          HttpClient.newHttpClient()
              .send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
      assertThat(response.statusCode()).isEqualTo(200);
      assertThat(response.headers().firstValue("content-type")).contains("text/event-stream");
      lines = new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8));
      assertThat(lines.readLine()).isEqualTo(": connected");
    }

    /** The tools of the next events. */
    List<String> tools(int count) throws IOException {
      List<String> tools = new ArrayList<>();
      while (tools.size() < count) {
        String line = lines.readLine();
        assertThat(line).as("the stream ended after %s", tools).isNotNull();
        if (line.startsWith("id: ")) {
          lastId = line.substring(4);
        } else if (line.startsWith("data: ")) {
          tools.add(line.replaceAll(".*\"tool\":\"([^\"]*)\".*", "$1"));
        }
      }
      return tools;
    }

    /** Where a client goes on that has seen nothing yet. */
    String mark() throws IOException {
      lines.readLine();
      String line = lines.readLine();
      assertThat(line).startsWith("id: ");
      assertThat(lines.readLine()).as("an id alone is no event").isEmpty();
      return line.substring(4);
    }

    @Override
    public void close() throws IOException {
      lines.close();
    }
  }

  private static String token(TestGate gate, String tenant) {
    return "Bearer " + gate.mint(Grant.to("bot").tenant(tenant));
  }

  @ParameterizedTest
  @ValueSource(strings = {"memory", "file", "sqlite"})
  void eventsComeAsTheyAreStoredAndAClientGoesOnWhereItStopped(String store) throws Exception {
    try (TestGate gate = TestGate.start(directory, "STORE", store)) {
      gate.call("read_before");
      String id;
      try (Client client = new Client(gate, "", TestGate.ADMIN, null)) {
        gate.call("read_one");
        gate.call("read_two");
        assertThat(client.tools(2)).containsExactly("read_one", "read_two");
        id = client.lastId;
      }
      gate.call("read_three");

      try (Client client = new Client(gate, "", TestGate.ADMIN, id)) {
        assertThat(client.tools(1)).containsExactly("read_three");
        gate.call("read_four");
        assertThat(client.tools(1)).containsExactly("read_four");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"memory", "file", "sqlite"})
  void aClientWhoseConnectionBreaksBeforeTheFirstEventMissesNone(String store) throws Exception {
    try (TestGate gate = TestGate.start(directory, "STORE", store)) {
      for (String before : List.of("", "read_before", "read_before_that")) {
        if (!before.isEmpty()) {
          gate.call(before);
        }
        String id;
        try (Client client = new Client(gate, "", TestGate.ADMIN, null)) {
          id = client.mark();
        }
        gate.call("read_missed");
        try (Client client = new Client(gate, "", TestGate.ADMIN, id)) {
          List<String> tools = client.tools(1);
          if (tools.get(0).equals(before)) {
            // What came last before may come again.
            tools = client.tools(1);
          }
          assertThat(tools).containsExactly("read_missed");
        }
      }
    }
  }

  @Test
  void anOperatorOfOneTenantHearsNothingOfOthers() throws Exception {
    try (TestGate gate =
        TestGate.start(directory, "TENANT_ADMINS", "acme:fake-acme-token,globex:fake-g-token")) {
      String acme = token(gate, "acme");
      String globex = token(gate, "globex");
      try (Client client = new Client(gate, "", "fake-acme-token", null)) {
        gate.call("read_foreign", "Authorization", globex);
        gate.call("read_own", "Authorization", acme);

        assertThat(client.tools(1)).containsExactly("read_own");
      }
      assertThat(
              gate.get(
                      "/v1/admin/audit/stream?tenant=globex",
                      "Authorization",
                      "Bearer fake-acme-token")
                  .status())
          .isEqualTo(403);
    }
  }

  @Test
  void anIdOfAnotherStreamIsRefused() {
    try (TestGate gate = TestGate.start(directory)) {
      assertThat(
              gate.get(
                      "/v1/admin/audit/stream?last_event_id=nonsense",
                      "Authorization",
                      "Bearer " + TestGate.ADMIN)
                  .status())
          .isEqualTo(400);
    }
  }

  @Test
  void manyFollowersHearEveryEvent() throws Exception {
    try (TestGate gate = TestGate.start(directory)) {
      List<Client> clients = new ArrayList<>();
      try {
        for (int i = 0; i < 50; i++) {
          clients.add(new Client(gate, "", TestGate.ADMIN, null));
        }
        gate.call("read_for_all");
        for (Client client : clients) {
          assertThat(client.tools(1)).containsExactly("read_for_all");
        }
      } finally {
        for (Client client : clients) {
          client.close();
        }
      }
    }
  }

  @Test
  void whoDoesNotReadIsCutOffAndDelaysNobody() throws Exception {
    int events = 400;
    try (TestGate gate = TestGate.start(directory)) {
      List<Client> silent = new ArrayList<>();
      try (Client reader = new Client(gate, "", TestGate.ADMIN, null)) {
        for (int i = 0; i < 5; i++) {
          silent.add(new Client(gate, "", TestGate.ADMIN, null));
        }
        List<String> tools = new ArrayList<>();
        for (int i = 0; i < events; i++) {
          tools.add("tool_" + i);
          gate.server()
              .gate()
              .audit()
              .append(large("tool_" + i))
              .toCompletableFuture()
              .get(10, TimeUnit.SECONDS);
          if (i % 20 == 19) {
            assertThat(reader.tools(20)).isEqualTo(tools.subList(i - 19, i + 1));
          }
        }
        for (Client client : silent) {
          assertThatThrownBy(() -> client.tools(events)).isInstanceOfAny(CUT_OFF);
        }
      } finally {
        for (Client client : silent) {
          client.close();
        }
      }
    }
  }

  /** The stream ended, orderly or not. */
  private static final Class<?>[] CUT_OFF = {AssertionError.class, IOException.class};

  /** An event of which a few hundred are more than sockets and a follower's share hold. */
  private static AuditEvent large(String tool) {
    return AuditEvent.builder()
        .at(Instant.parse("2026-03-01T00:00:00Z"))
        .decision(AuditDecision.ALLOW)
        .tool(tool)
        .reason("x".repeat(60_000))
        .latencyMs(1)
        .build();
  }
}
