package app.intentgate.server.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.json.JsonNumber;
import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonString;
import app.intentgate.server.mcp.SessionIds.Owner;
import app.intentgate.server.upstream.UpstreamClient;
import app.intentgate.server.upstream.UpstreamHead;
import app.intentgate.server.upstream.UpstreamReceiver;
import app.intentgate.server.upstream.UpstreamRequest;
import app.intentgate.server.upstream.UpstreamResult;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Callers without sessions, in front of a server that wants one and does not always open it. */
class OwnSessionsTest {
  private static final Owner ANN = new Owner("acme", "ann");
  private static final Owner BOB = new Owner("acme", "bob");
  private static final UpstreamResult DONE =
      new UpstreamResult.Result(200, 2, JsonObject.of("done", JsonString.of("yes")));
  private static final UpstreamResult WANTS_SESSION = new UpstreamResult.HttpError(400, true);

  private final Server server = new Server();
  private final OwnSessions sessions = new OwnSessions(server, "1");

  private static final class Server implements UpstreamClient {
    private final List<String> asked = new ArrayList<>();
    private final List<String> tenants = new ArrayList<>();
    private boolean asksBack;
    private UpstreamResult initialize = DONE;
    private String session = "s-1";

    @Override
    public Exchange send(UpstreamRequest request, Listener listener) {
      boolean within = request.headers().contains("Mcp-Session-Id");
      String body = new String(request.body(), StandardCharsets.UTF_8);
      String method = body.replaceAll(".*\"method\":\"([^\"]*)\".*", "$1");
      asked.add(method + (within ? " within" : ""));
      tenants.add(request.method() + " " + request.tenant().get());
      if (within && asksBack && method.equals("tools/call")) {
        listener.onServerRequest(JsonString.of("theirs"));
      }
      if (method.equals("initialize")) {
        boolean opens = initialize instanceof UpstreamResult.Result && !session.isEmpty();
        listener.onResult(
            initialize, new UpstreamHead(200, opens ? session : null, null, List.of()));
      } else {
        listener.onResult(within ? DONE : WANTS_SESSION, UpstreamHead.NONE);
      }
      return () -> {};
    }

    @Override
    public Exchange open(UpstreamRequest request, UpstreamReceiver receiver) {
      throw new AssertionError("callers without sessions read no streams");
    }

    @Override
    public void close() {}
  }

  private UpstreamResult call(Owner owner) {
    List<UpstreamResult> got = new ArrayList<>();
    sessions.send(
        new RpcRequest(JsonNumber.of(7), "tools/call", null),
        "read",
        List.of(),
        () -> owner,
        (result, head) -> got.add(result));
    assertThat(got).as("told once").hasSize(1);
    return got.get(0);
  }

  @Test
  void a_session_that_could_not_be_opened_is_that_callers_failure_and_nobody_elses() {
    assertThat(call(ANN)).isEqualTo(DONE);
    server.initialize = new UpstreamResult.TimedOut(0);

    assertThat(call(BOB)).isEqualTo(new UpstreamResult.TimedOut(0));
    assertThat(call(ANN)).as("whoever has a session goes on in it").isEqualTo(DONE);
    server.initialize = DONE;
    assertThat(call(BOB)).as("the next time it is tried again").isEqualTo(DONE);
    assertThat(server.asked)
        .as("only the first caller had to be refused")
        .containsOnlyOnce("tools/call");
  }

  @Test
  void whatever_the_gate_says_in_a_session_is_said_for_the_tenant_it_was_opened_for() {
    server.asksBack = true;

    assertThat(call(ANN)).isEqualTo(DONE);
    sessions.expire(false);
    assertThat(server.tenants).as("nothing is due yet").doesNotContain("DELETE acme");
    sessions.expire(true);

    assertThat(server.asked)
        .containsExactly(
            "tools/call",
            "initialize",
            "notifications/initialized within",
            "tools/call within",
            "{'jsonrpc':'2.0','id':'theirs','error':{'code':-32601,'message':'method not found'}} within"
                .replace('\'', '"'),
            " within");
    assertThat(server.tenants)
        .containsExactly(
            "POST acme", "POST acme", "POST acme", "POST acme", "POST acme", "DELETE acme");
  }

  @Test
  void a_server_that_answers_without_a_session_is_not_asked_for_one_again_and_again() {
    server.session = "";

    assertThat(call(ANN)).isEqualTo(WANTS_SESSION);
    assertThat(call(BOB)).isEqualTo(WANTS_SESSION);
    assertThat(server.asked).containsOnlyOnce("initialize");
  }
}
