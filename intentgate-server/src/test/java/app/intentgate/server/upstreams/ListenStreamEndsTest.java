package app.intentgate.server.upstreams;

import static app.intentgate.server.upstreams.Heard.event;
import static app.intentgate.server.upstreams.Heard.head;
import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.server.upstream.UpstreamReceiver;
import app.intentgate.server.upstream.UpstreamResult;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Subscriptions at servers that acknowledge oddly, refuse, or say too much (mcp M10). */
class ListenStreamEndsTest {
  private static final String ACKNOWLEDGED =
      "{'jsonrpc':'2.0','method':'notifications/subscriptions/acknowledged','params':{"
          + "'_meta':{'io.modelcontextprotocol/subscriptionId':1},'notifications':";

  private final Joint joint = Joint.ofTwo();
  private final Heard heard = new Heard();
  private final UpstreamReceiver sap;
  private final UpstreamReceiver crm;

  ListenStreamEndsTest() {
    joint.open(
        "{'jsonrpc':'2.0','id':1,'method':'subscriptions/listen','params':{'notifications':"
            + "{'toolsListChanged':true,'taskIds':['sap:1','crm:1']}}}",
        "acme",
        heard);
    sap = Objects.requireNonNull(joint.server("sap").last().receiver);
    crm = Objects.requireNonNull(joint.server("crm").last().receiver);
  }

  private static void acknowledge(UpstreamReceiver server, String honors) {
    server.onEvents(
        List.of(
            event(
                "{'method':'notifications/subscriptions/acknowledged','params':{'notifications':"
                    + honors
                    + "}}")),
        () -> {});
  }

  private static void news(UpstreamReceiver server) {
    server.onEvents(List.of(event("{'method':'notifications/tools/list_changed'}")), () -> {});
  }

  @Test
  void whatIsHonoredIsJoinedMemberByMember() {
    sap.onStream(head(200));
    crm.onStream(head(200));
    acknowledge(sap, "{'toolsListChanged':false,'taskIds':['1'],'a':{'x':1}}");
    acknowledge(crm, "{'toolsListChanged':true,'taskIds':['1'],'a':{'y':1}}");
    assertThat(heard.all)
        .containsExactly(
            "stream null",
            ACKNOWLEDGED + "{'toolsListChanged':true,'taskIds':['sap:1','crm:1'],'a':{'x':1}}}}");
  }

  @Test
  void oneServerThatSaysSoTwiceDoesNotSpeakForTheOther() {
    sap.onStream(head(200));
    crm.onStream(head(200));
    acknowledge(sap, "{'taskIds':['1']}");
    acknowledge(sap, "{'taskIds':['2']}");
    assertThat(heard.all).containsExactly("stream null");
    acknowledge(crm, "{}");
    assertThat(heard.all).containsExactly("stream null", ACKNOWLEDGED + "{'taskIds':['sap:1']}}}");
  }

  @Test
  void anAcknowledgementWithoutContentIsOneAndALaterOneIsNotHandedOn() {
    sap.onStream(head(200));
    crm.onStream(head(200));
    sap.onEvents(List.of(event("{'method':'notifications/subscriptions/acknowledged'}")), () -> {});
    acknowledge(crm, "7");
    assertThat(heard.all).containsExactly("stream null", ACKNOWLEDGED + "{}}}");
    acknowledge(sap, "{'late':true}");
    news(crm);
    assertThat(heard.all).hasSize(3).endsWith("{'method':'notifications/tools/list_changed'}");
  }

  @Test
  void whereEverybodyRefusesTheFirstRefusalIsTheAnswer() {
    sap.onAnswer(head(404), ScriptedServer.bytes("{'no':1}"));
    crm.onFailure(new UpstreamResult.TimedOut(0));
    assertThat(heard.all).containsExactly("answer 404 {'no':1}");
  }

  @Test
  void aStreamThatEndsBeforeAnybodySaidSoIsAcknowledgedAsNothingAndEnds() {
    sap.onStream(head(200));
    sap.onStreamEnd();
    assertThat(heard.all).containsExactly("stream null", ACKNOWLEDGED + "{}}}", "end");
    assertThat(joint.server("crm").last().cancelled).isEqualTo(1);
  }

  @Test
  void newsThatMustWaitHoldBackTheirServer() {
    int[] more = new int[1];
    sap.onStream(head(200));
    sap.onEvents(List.of(event("{'method':'notifications/tools/list_changed'}")), () -> more[0]++);
    assertThat(more[0]).as("what may not be told yet is not asked for").isZero();
    acknowledge(sap, "{}");
    crm.onFailure(new UpstreamResult.Broken(0));
    assertThat(more[0]).isEqualTo(1);
    assertThat(heard.all).hasSize(3);
  }
}
