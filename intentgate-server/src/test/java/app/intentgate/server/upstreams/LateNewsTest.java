package app.intentgate.server.upstreams;

import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.json.JsonNull;
import app.intentgate.server.upstream.UpstreamHead;
import app.intentgate.server.upstream.UpstreamResult;
import app.intentgate.server.upstreams.Gather.Said;
import app.intentgate.server.upstreams.LateNews.Asked;
import org.junit.jupiter.api.Test;

/** What sessions are told of servers that were missing from their lists. */
class LateNewsTest {
  private static final Said SAID =
      new Said(
          new ScriptedServer("sap").server(),
          new UpstreamResult.Result(200, 1, JsonNull.NULL),
          UpstreamHead.NONE);

  private final LateNews news = new LateNews();
  private final Heard client = new Heard();
  private final MergedStream stream = new MergedStream(client, "s", news);

  private static String changed(String what) {
    return "{'jsonrpc':'2.0','method':'notifications/" + what + "/list_changed'}";
  }

  @Test
  void eachListThatMissedSomethingIsToldOfOnceInOneOrder() {
    news.opened("s", stream);
    news.missed("s", "sap", "tools/list");
    news.missed("s", "sap", "resources/templates/list");
    news.missed("s", "sap", "resources/list");
    news.missed("s", "crm", "prompts/list");
    news.isThere("sap");
    news.isThere("sap");
    assertThat(client.all).containsExactly(changed("resources"), changed("tools"));
    news.isThere("crm");
    assertThat(client.all).endsWith(changed("prompts")).hasSize(3);
  }

  @Test
  void whatIsDueWaitsForTheSessionsOwnStream() {
    news.missed("s", "sap", "tools/list");
    assertThat(news.isAwaited("sap")).as("nobody could be told").isFalse();
    news.isThere("sap");
    news.opened("s", stream);
    assertThat(client.all).containsExactly(changed("tools"));
    news.missed("s", "sap", "tools/list");
    assertThat(news.isAwaited("sap")).isTrue();
    assertThat(news.isAwaited("crm")).isFalse();
    news.closed("s", stream);
    assertThat(news.isAwaited("sap")).isFalse();
  }

  @Test
  void aStreamThatWasReplacedDoesNotTakeTheNewOneWithIt() {
    Heard again = new Heard();
    news.opened("s", stream);
    news.opened("s", new MergedStream(again, "s", news));
    news.closed("s", stream);
    news.missed("s", "sap", "tools/list");
    news.isThere("sap");
    assertThat(again.all).containsExactly(changed("tools"));
    assertThat(client.all).isEmpty();
  }

  @Test
  void whatCameLateIsTheAnswerOnceAndToThatQuestionAlone() {
    Asked asked = new Asked("sap", "tools/list", "");
    news.opened("s", stream);
    news.came("s", asked, SAID);
    assertThat(client.all).as("and the client is told").containsExactly(changed("tools"));
    assertThat(news.kept("s", new Asked("sap", "tools/list", "p2"))).isNull();
    assertThat(news.kept("s", new Asked("crm", "tools/list", ""))).isNull();
    assertThat(news.kept("other", asked)).isNull();
    assertThat(news.kept("s", asked)).isSameAs(SAID);
    assertThat(news.kept("s", asked)).isNull();
  }

  @Test
  void sixteenLateAnswersAreKeptAndOfAnotherTheClientIsToldAllTheSame() {
    news.opened("s", stream);
    for (int i = 0; i < 17; i++) {
      client.all.clear();
      news.came("s", new Asked("sap", "tools/list", "p" + i), SAID);
      assertThat(client.all).as("answer %s", i).containsExactly(changed("tools"));
    }
    assertThat(news.kept("s", new Asked("sap", "tools/list", "p15"))).isNotNull();
    assertThat(news.kept("s", new Asked("sap", "tools/list", "p16"))).isNull();
  }

  @Test
  void ofAThousandAndOneSessionsTheOneNotUsedForLongestIsForgotten() {
    Asked asked = new Asked("sap", "tools/list", "");
    for (int i = 0; i < 1_000; i++) {
      news.came("s" + i, asked, SAID);
    }
    news.missed("s0", "sap", "tools/list");
    news.missed("one more", "sap", "tools/list");
    assertThat(news.kept("s1", asked)).as("not used since").isNull();
    assertThat(news.kept("s0", asked)).isNotNull();
    assertThat(news.kept("s2", asked)).isNotNull();
  }
}
