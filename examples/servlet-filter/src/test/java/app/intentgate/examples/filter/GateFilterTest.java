package app.intentgate.examples.filter;

import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.IntentGate;
import app.intentgate.audit.AuditQuery;
import app.intentgate.policy.RegoPolicyEngine;
import app.intentgate.token.CapabilityToken;
import app.intentgate.token.Grant;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.EnumSet;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class GateFilterTest {
  private static final String POLICY =
      "package intentgate.policy\n"
          + "default decision := {\"allow\": false, \"reason\": \"not for agents\"}\n"
          + "decision := {\"allow\": true} if startswith(input.tool, \"read_\")\n"
          + "decision := {\"allow\": true, \"escalate\": true} if input.tool == \"pay\"\n";

  private final AtomicInteger ran = new AtomicInteger();
  private IntentGate gate;
  private Server server;

  /** The application: it counts, and fails when it is asked to. */
  private final class Tools extends HttpServlet {
    private static final long serialVersionUID = 1;

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      ran.incrementAndGet();
      if (request.getPathInfo().equals("/read_broken")) {
        response.setStatus(500);
        return;
      }
      response.getWriter().print("invoice " + request.getParameter("id"));
    }
  }

  @BeforeEach
  void start() throws Exception {
    gate = IntentGate.builder().policy(RegoPolicyEngine.compile("web.rego", POLICY, "web")).build();
    server = new Server(new InetSocketAddress("127.0.0.1", 0));
    ServletContextHandler web = new ServletContextHandler("/");
    web.addFilter(
        new FilterHolder(new GateFilter(gate)), "/tools/*", EnumSet.of(DispatcherType.REQUEST));
    web.addServlet(new ServletHolder(new Tools()), "/tools/*");
    server.setHandler(web);
    server.start();
  }

  @AfterEach
  void stop() throws Exception {
    server.stop();
    gate.close();
  }

  private HttpResponse<String> post(String path, String token) throws Exception {
    int port = ((ServerConnector) server.getConnectors()[0]).getLocalPort();
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .POST(BodyPublishers.noBody());
    if (token != null) {
      request.header("Authorization", "Bearer " + token);
    }
    return HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofString());
  }

  @Test
  void anAllowedCallReachesTheServletAndItsOutcomeIsRecorded() throws Exception {
    String token = gate.mint(Grant.to("agent")).encode();

    HttpResponse<String> read = post("/tools/read_invoice?id=7", token);
    HttpResponse<String> broken = post("/tools/read_broken", token);

    assertThat(read.body()).isEqualTo("invoice 7");
    String callId = read.headers().firstValue("X-IntentGate-Call-Id").orElseThrow();
    assertThat(outcome(callId)).isEqualTo(200);
    assertThat(outcome(broken.headers().firstValue("X-IntentGate-Call-Id").orElseThrow()))
        .isEqualTo(500);
  }

  private long outcome(String callId) {
    return gate.audit().query(AuditQuery.builder().callId(callId).build()).events().stream()
        .mapToLong(stored -> stored.event().upstreamStatus())
        .max()
        .orElse(-1);
  }

  @Test
  void whatIsNotAllowedNeverReachesTheServlet() throws Exception {
    CapabilityToken token = gate.mint(Grant.to("agent"));

    assertThat(post("/tools/delete?id=7", token.encode()))
        .satisfies(
            refused -> {
              assertThat(refused.statusCode()).isEqualTo(403);
              assertThat(refused.body()).contains("not for agents");
            });
    assertThat(post("/tools/read_invoice", null).statusCode()).isEqualTo(401);
    assertThat(post("/tools/read_invoice", "AAAA").statusCode()).isEqualTo(401);
    assertThat(post("/tools/read_invoice?id=7&id=8", token.encode()).statusCode()).isEqualTo(400);
    HttpResponse<String> waits = post("/tools/pay?id=7", token.encode());
    assertThat(waits.statusCode()).isEqualTo(202);
    assertThat(waits.body()).contains("pending_id");
    gate.revoke(token.id(), "test");
    assertThat(post("/tools/read_invoice", token.encode()).statusCode()).isEqualTo(401);
    assertThat(ran).hasValue(0);
  }
}
