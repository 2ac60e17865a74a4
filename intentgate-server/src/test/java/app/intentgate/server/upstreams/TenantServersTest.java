package app.intentgate.server.upstreams;

import static app.intentgate.server.upstreams.ScriptedServer.entry;
import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.server.upstream.UpstreamRequest;
import app.intentgate.server.upstream.UpstreamRequest.Method;
import app.intentgate.server.upstreams.Joint.Got;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Servers of some tenants, which for all others are not there, whatever is asked. */
class TenantServersTest {
  private final Joint joint =
      Joint.of(entry("sap", "sap_", Map.of(), "acme"), entry("crm", "crm_", Map.of(), "globex"));
  private final ScriptedServer sap = joint.server("sap");
  private final ScriptedServer crm = joint.server("crm");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'id':1,'method':'tools/call','params':{'name':'crm_read'}}",
        "{'id':1,'method':'tools/call','params':{'name':'crm.read'}}",
        "{'id':1,'method':'resources/read','params':{'uri':'crm+f:a'}}",
        "{'id':1,'method':'tasks/get','params':{'taskId':'crm:7'}}",
        "{'id':1,'method':'completion/complete','params':{'ref':{'name':'crm_p'}}}",
        "{'id':'crm:1','result':{}}",
        "{'method':'notifications/progress','params':{'progressToken':'crm:7'}}",
        "{'id':1,'method':'tools/list','params':{'cursor':'eyJjcm0iOiJ4In0'}}"
      })
  void anothersServerIsNotReachedByItsName(String message) {
    Got got = joint.send(message, "acme");
    assertThat(got.all).hasSize(1);
    assertThat(crm.asked()).isEmpty();
    assertThat(sap.asked()).isEmpty();
  }

  @Test
  void aStreamOfAnothersServerIsNotGoneOnWith() {
    joint.in(Map.of("sap", "s1"));
    for (String event : List.of("crm:e1", "crm!e1")) {
      List<String> headers = new ArrayList<>(joint.session);
      headers.addAll(List.of("Last-Event-ID", event));
      joint.open(UpstreamRequest.without(Method.GET, headers).of(() -> "acme"), new Heard());
      assertThat(sap.last().headers()).containsExactly("Mcp-Session-Id=s1");
    }
    assertThat(crm.asked()).isEmpty();
  }

  @Test
  void aTenantWithoutAnyServerIsAnsweredAndNotKeptWaiting() {
    assertThat(joint.send("{'id':1,'method':'tools/list','params':{}}", "nobody").only())
        .contains("{'tools':[]}");
    assertThat(joint.send("{'id':1,'method':'initialize','params':{}}", "nobody").only())
        .startsWith("Broken");
    assertThat(joint.send("{'id':1,'method':'server/discover','params':{}}", "nobody").only())
        .contains("'supportedVersions':[]");
    Heard stream = new Heard();
    joint.open(UpstreamRequest.without(Method.GET, List.of()).of(() -> "nobody"), stream);
    assertThat(stream.all).containsExactly("answer 405 ");
    Heard subscription = new Heard();
    joint.open(
        "{'id':1,'method':'subscriptions/listen','params':{'notifications':"
            + "{'toolsListChanged':true}}}",
        "nobody",
        subscription);
    assertThat(subscription.all).containsExactly("Broken");
  }

  @Test
  void aSubscriptionIsMadeAtTheTenantsOwnServers() {
    Heard heard = new Heard();
    joint.open(
        "{'id':1,'method':'subscriptions/listen','params':{'notifications':"
            + "{'resourceSubscriptions':['crm+f:a','sap+f:b']}}}",
        "acme",
        heard);
    assertThat(crm.asked()).isEmpty();
    assertThat(sap.last().body()).contains("'resourceSubscriptions':['f:b']");
  }

  @Test
  void whoseRequestItIsIsLookedUpOnlyWhereItMatters() {
    AtomicInteger looked = new AtomicInteger();
    UpstreamRequest ping =
        new UpstreamRequest(
                ScriptedServer.bytes("{'id':1,'method':'ping'}"),
                ScriptedServer.json("1"),
                null,
                List.of())
            .of(
                () -> {
                  looked.incrementAndGet();
                  return "acme";
                });
    Joint open = Joint.ofTwo();
    Objects.requireNonNull(open.upstreams.client()).send(ping, (result, head) -> {});
    assertThat(looked).hasValue(0);
    Objects.requireNonNull(joint.upstreams.client()).send(ping, (result, head) -> {});
    assertThat(looked).hasValue(1);
  }

  @Test
  void theLongestAnswerIsThatOfTheServerThatMayTakeLongest() {
    assertThat(joint.upstreams.timeoutMs(700)).isEqualTo(700);
    assertThat(Upstreams.none().timeoutMs(700)).isEqualTo(700);
    assertThat(joint.upstreams.reports())
        .extracting(UpstreamReport::status)
        .containsOnly("unknown");
  }
}
