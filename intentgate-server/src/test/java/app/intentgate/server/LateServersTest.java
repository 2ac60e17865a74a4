package app.intentgate.server;

import static app.intentgate.server.ServersFixture.answer;
import static app.intentgate.server.ServersFixture.client;
import static app.intentgate.server.ServersFixture.entry;
import static app.intentgate.server.ServersFixture.names;
import static app.intentgate.server.ServersFixture.server;
import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.server.McpClient.Got;
import app.intentgate.server.exchange.FakeMcpServer;
import app.intentgate.testing.Pause;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Of several servers, those that are missing from a list are told of once they are there. */
@Timeout(60)
class LateServersTest {
  @TempDir Path directory;

  /** A server whose clients may listen to what it says by itself. */
  private static FakeMcpServer thatNotifies(String name) throws Exception {
    return server(
        name,
        "2025-11-25",
        (request, reply) -> {
          if (request.method().equals("GET")) {
            reply.stream().raw(": in\n\n").awaitGone();
          } else {
            answer(name, request, reply);
          }
        });
  }

  @Test
  void aServerThatComesLateIsToldOfAndItsLateListIsNotAskedInVain() throws Exception {
    AtomicInteger lists = new AtomicInteger();
    CountDownLatch late = new CountDownLatch(1);
    try (FakeMcpServer sap = thatNotifies("sap");
        FakeMcpServer slow =
            server(
                "slow",
                "2025-11-25",
                (request, reply) -> {
                  if (request.rpc().equals("tools/list") && lists.incrementAndGet() == 1) {
                    late.await(30, TimeUnit.SECONDS);
                  } else if (request.rpc().equals("tools/list")) {
                    Pause.slow(Duration.ofSeconds(8));
                  }
                  if (request.method().equals("GET")) {
                    reply.empty(405);
                  } else {
                    answer("slow", request, reply);
                  }
                });
        TestGate gate =
            ServersFixture.gate(
                directory,
                List.of(entry("sap", sap.url(), ""), entry("slow", slow.url(), "")),
                "UPSTREAMS_WAIT_MS",
                "700")) {
      McpClient client = client(gate);
      try (Got own = client.send("GET", "")) {
        assertThat(own.piece()).isEqualTo(": in");
        assertThat(names(client.request(1, "tools/list", "{}").json(), "tools"))
            .containsExactly("sap_read");
        late.countDown();
        assertThat(own.message().path("method").asText())
            .isEqualTo("notifications/tools/list_changed");
        assertThat(names(client.request(2, "tools/list", "{}").json(), "tools"))
            .as("the server is slow again, and its late list is taken")
            .containsExactly("sap_read", "slow_read");
      }
    }
  }

  @Test
  void clientsOfServersWithoutSessionsHaveEachItsOwnAtOneThatWasAway() throws Exception {
    AtomicBoolean away = new AtomicBoolean(true);
    AtomicInteger opened = new AtomicInteger();
    try (FakeMcpServer sap =
            new FakeMcpServer(
                (request, reply) -> {
                  if (request.rpc().equals("initialize")) {
                    reply.result(
                        request, "{\"protocolVersion\":\"2025-11-25\",\"capabilities\":{}}");
                  } else {
                    answer("sap", request, reply);
                  }
                });
        FakeMcpServer crm =
            new FakeMcpServer(
                (request, reply) -> {
                  if (away.get()) {
                    reply.empty(503);
                  } else if (request.rpc().equals("initialize")) {
                    reply
                        .header("Mcp-Session-Id", "crm-" + opened.incrementAndGet())
                        .result(
                            request, "{\"protocolVersion\":\"2025-11-25\",\"capabilities\":{}}");
                  } else if (request.rpc().startsWith("notifications/")) {
                    reply.empty(202);
                  } else {
                    answer("crm", request, reply);
                  }
                });
        TestGate gate =
            ServersFixture.gate(
                directory, List.of(entry("sap", sap.url(), ""), entry("crm", crm.url(), "")))) {
      McpClient one = client(gate);
      McpClient other = client(gate);
      away.set(false);

      assertThat(one.call(1, "crm_read").text()).contains("crm");
      assertThat(other.call(1, "crm_read").text()).contains("crm");

      assertThat(ServersFixture.seen(crm, "tools/call"))
          .extracting(request -> request.header("Mcp-Session-Id"))
          .containsExactly("crm-1", "crm-2");
    }
  }

  @Test
  void aServerThatWasAwayIsToldOfWhenItIsThere() throws Exception {
    AtomicBoolean away = new AtomicBoolean();
    try (FakeMcpServer sap = thatNotifies("sap");
        FakeMcpServer crm =
            server(
                "crm",
                "2025-11-25",
                (request, reply) -> {
                  if (away.get()) {
                    reply.empty(503);
                  } else if (request.method().equals("GET")) {
                    reply.empty(405);
                  } else {
                    answer("crm", request, reply);
                  }
                });
        TestGate gate =
            ServersFixture.gate(
                directory,
                List.of(entry("sap", sap.url(), ""), entry("crm", crm.url(), "")),
                "UPSTREAMS_WAIT_MS",
                "300")) {
      McpClient client = client(gate);
      try (Got own = client.send("GET", "")) {
        assertThat(own.piece()).isEqualTo(": in");
        away.set(true);
        assertThat(names(client.request(1, "tools/list", "{}").json(), "tools"))
            .containsExactly("sap_read");
        away.set(false);
        assertThat(own.message().path("method").asText())
            .isEqualTo("notifications/tools/list_changed");
        assertThat(names(client.request(2, "tools/list", "{}").json(), "tools"))
            .containsExactly("sap_read", "crm_read");
      }
    }
  }
}
