package app.intentgate.server.upstreams;

import static app.intentgate.server.upstreams.ScriptedServer.json;
import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.server.upstream.UpstreamHead;
import app.intentgate.server.upstream.UpstreamResult;
import app.intentgate.server.upstreams.Gather.Said;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What several servers say of themselves, as one. */
class JoinedTest {
  private final Joined joined = new Joined("9.9");

  private static List<Said> said(String... results) {
    List<Said> out = new ArrayList<>();
    for (String result : results) {
      out.add(
          new Said(
              new ScriptedServer("s" + (out.size() + 1)).server(),
              new UpstreamResult.Result(200, 1, json(result)),
              UpstreamHead.NONE));
    }
    return out;
  }

  private String initialized(String... results) {
    return joined.initialize(said(results)).toString().replace('"', '\'');
  }

  private static String with(String capabilities) {
    return "{'protocolVersion':'2025-06-18','capabilities':" + capabilities + "}";
  }

  private static String capabilities(String said) {
    return said.replaceFirst(".*'capabilities':", "").replaceFirst(",'serverInfo'.*", "");
  }

  @ParameterizedTest
  @CsvSource({
    "2025-11-25,2025-06-18,2025-06-18",
    "2024-11-05,2025-06-18,2024-11-05",
    "2025-06-18,2025-06-18,2025-06-18",
    "2025-11-25,later,2025-03-26",
    "2025-11-25,'',2025-03-26",
    "2025-11-25,2025-06-18x,2025-03-26",
    "2025-11-25,123456789012345678901,2025-03-26"
  })
  void theLowestVersionHoldsAndOneThatIsNoneIsTheOldestThatNeedNotBeSaid(
      String one, String other, String lowest) {
    assertThat(
            initialized("{'protocolVersion':'" + one + "'}", "{'protocolVersion':'" + other + "'}"))
        .startsWith("{'protocolVersion':'" + lowest + "',");
  }

  @ParameterizedTest
  @CsvSource({"7", "null", "{}", "[]"})
  void aVersionOfAnotherTypeIsNone(String version) {
    assertThat(initialized("{'protocolVersion':" + version + "}")).contains("'2025-03-26'");
    assertThat(initialized("[]")).contains("'2025-03-26'");
  }

  @Test
  void everyFeatureOfAnyIsOfferedAndFalseGivesWay() {
    assertThat(
            capabilities(
                initialized(
                    with(
                        "{'tools':{'listChanged':false},'a':false,'b':true,'c':{'x':{'y':false}}}"),
                    with(
                        "{'resources':{'subscribe':true},'a':{},'b':false,'c':{'x':{'y':true,'z':1}}}"))))
        .isEqualTo(
            "{'tools':{'listChanged':true},'a':{},'b':true,'c':{'x':{'y':true,'z':1}},"
                + "'resources':{'subscribe':true,'listChanged':true}}");
  }

  @Test
  void whatIsNoObjectOfFeaturesIsLeftOutAndNoListIsInvented() {
    assertThat(capabilities(initialized(with("[]"), with("7"), with("null")))).isEqualTo("{}");
    assertThat(capabilities(initialized(with("{'tools':true,'prompts':{}}"))))
        .as("only what is an object tells of changes")
        .isEqualTo("{'tools':true,'prompts':{'listChanged':true}}");
  }

  @Test
  void instructionsSayWhoseTheyAreAndBlankOnesAreNone() {
    assertThat(
            joined
                .initialize(
                    said(
                        "{'instructions':'one'}",
                        "{'instructions':' '}",
                        "{'instructions':'three'}"))
                .get("instructions"))
        .hasToString("\"s1: one\\n\\ns3: three\"");
    assertThat(
            joined
                .initialize(said("{'instructions':''}", "{'instructions':7}"))
                .get("instructions"))
        .isNull();
    assertThat(joined.discover(said("{'instructions':'one'}")).get("instructions"))
        .hasToString("\"s1: one\"");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'supportedVersions':['a','b','c']} | {'supportedVersions':['c','b','d']} | ['b','c']",
        "{'supportedVersions':['a']} | {'supportedVersions':['b']} | []",
        "{'supportedVersions':['a']} | {'supportedVersions':'a'} | []",
        "{'supportedVersions':['a']} | {} | []",
        "{'supportedVersions':['a','a']} | {'supportedVersions':['a']} | ['a']"
      })
  void theVersionsThatAllSpeakAreDiscovered(String one, String other, String versions) {
    assertThat(joined.discover(said(one, other)).toString().replace('"', '\''))
        .startsWith("{'supportedVersions':" + versions + ",'capabilities':{}")
        .contains("'serverInfo':{'name':'intentgate','version':'9.9'}")
        .endsWith("'resultType':'complete','ttlMs':0,'cacheScope':'private'}");
  }

  @Test
  void ofNobodyNothingIsDiscovered() {
    assertThat(joined.discover(List.of()).get("supportedVersions")).hasToString("[]");
  }
}
