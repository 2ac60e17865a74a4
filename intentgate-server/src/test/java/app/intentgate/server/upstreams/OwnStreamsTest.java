package app.intentgate.server.upstreams;

import static app.intentgate.server.upstreams.Heard.event;
import static app.intentgate.server.upstreams.Heard.head;
import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.server.upstream.StreamEvent;
import app.intentgate.server.upstream.UpstreamRequest;
import app.intentgate.server.upstream.UpstreamRequest.Method;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where a client's own stream goes on: at the server whose event was its last, or at all. */
class OwnStreamsTest {
  private final Joint joint = Joint.ofTwo();
  private final ScriptedServer sap = joint.server("sap");
  private final ScriptedServer crm = joint.server("crm");
  private final Heard heard = new Heard();

  private void open(@Nullable String lastEvent) {
    List<String> headers = new ArrayList<>(joint.session);
    if (lastEvent != null) {
      headers.addAll(List.of("Last-Event-ID", lastEvent));
    }
    joint.open(UpstreamRequest.without(Method.GET, headers), heard);
  }

  private static String last(ScriptedServer server) {
    return server.last().headers().stream()
        .filter(header -> header.startsWith("Last-Event-ID="))
        .findFirst()
        .orElse("none");
  }

  @Test
  void onlyTheServersOfTheSessionAreListenedToEachInItsOwn() {
    joint.in(Map.of("crm", "c1"));
    open(null);
    assertThat(sap.asked()).isEmpty();
    assertThat(crm.last().headers()).containsExactly("Mcp-Session-Id=c1");
    Objects.requireNonNull(crm.last().receiver).onStream(head(200));
    assertThat(heard.all).as("the client's id, not the server's").doesNotContain("stream theirs");
  }

  @Test
  void aSessionWithNobodyHasNoStream() {
    joint.in(Map.of());
    open(null);
    assertThat(heard.all).containsExactly("answer 405 ");
  }

  @Test
  void ofTheJoinedStreamEachServerGoesOnFromItsOwnEventOrFromNow() {
    joint.in(Map.of("sap", "s1", "crm", "c1"));
    open("crm!e:1!2");
    assertThat(last(crm)).isEqualTo("Last-Event-ID=e:1!2");
    assertThat(last(sap)).isEqualTo("none");
  }

  @Test
  void aStreamThatAnswersARequestGoesOnAtItsServerAlone() {
    joint.in(Map.of("sap", "s1", "crm", "c1"));
    open("crm:e1");
    assertThat(last(crm)).isEqualTo("Last-Event-ID=e1");
    assertThat(sap.asked()).isEmpty();
    var receiver = Objects.requireNonNull(crm.last().receiver);
    receiver.onStream(head(200));
    StreamEvent event =
        new StreamEvent(
            "id: e2\ndata: {\"id\":1,\"method\":\"x\"}\n\n".getBytes(StandardCharsets.UTF_8),
            "{\"id\":1,\"method\":\"x\"}".getBytes(StandardCharsets.UTF_8),
            true);
    receiver.onEvents(List.of(event), () -> {});
    receiver.onEvents(List.of(event("{'id':7,'result':{'task':{'taskId':'t'}}}")), () -> {});
    receiver.onStreamEnd();
    assertThat(heard.all.subList(1, 4))
        .containsExactly(
            "{'id':'crm:1','method':'x'}", "{'id':7,'result':{'task':{'taskId':'crm:t'}}}", "end");
  }

  @ParameterizedTest
  @ValueSource(strings = {"e1", "erp:e1", "erp!e1", "SAP!e1", "!e1", ":e1", "sap"})
  void anEventOfNoServerIsNoPlaceToGoOnFrom(String event) {
    joint.in(Map.of("sap", "s1", "crm", "c1"));
    open(event);
    assertThat(last(sap)).isEqualTo("none");
    assertThat(last(crm)).isEqualTo("none");
  }

  @Test
  void anAnswerThatIsNoStreamIsSeenWithItsCommonNames() {
    joint.open("{'id':1,'method':'tools/call','params':{'name':'crm_x'}}", "acme", heard);
    Objects.requireNonNull(crm.last().receiver)
        .onAnswer(head(200), ScriptedServer.bytes("{'id':1,'result':{'content':[{'uri':'f:a'}]}}"));
    assertThat(heard.all)
        .containsExactly("answer 200 {'id':1,'result':{'content':[{'uri':'crm+f:a'}]}}");
  }

  @Test
  void anAnswerThatNobodyCanReadGoesOnAsItCame() {
    joint.open("{'id':1,'method':'tools/call','params':{'name':'crm_x'}}", "acme", heard);
    Objects.requireNonNull(crm.last().receiver)
        .onAnswer(head(502), "<html>taskId</html>".getBytes(StandardCharsets.UTF_8));
    assertThat(heard.all).containsExactly("answer 502 <html>taskId</html>");
  }
}
