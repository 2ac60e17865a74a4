package app.intentgate.server.stdio;

import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonReader;
import app.intentgate.json.JsonValue;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which arguments a bridge repeats in headers, from what tools say in their schemas (mcp M4). */
class ParamHeadersTest {
  private final ParamHeaders headers = new ParamHeaders();

  private static JsonValue json(String text) {
    return JsonReader.parse(text.replace('\'', '"'));
  }

  private void learn(String name, String properties) {
    headers.learn(
        json(
            "{'tools':[{'name':'" + name + "','inputSchema':{'properties':" + properties + "}}]}"));
  }

  private List<String> of(String arguments) {
    return headers.of((JsonObject) json("{'name':'t','arguments':" + arguments + "}"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'eu' | eu",
        "7 | 7",
        "1.50 | 1.50",
        "true | true",
        "'' | =?base64??=",
        "' eu' | =?base64?IGV1?=",
        "'a\\nb' | =?base64?YQpi?=",
        "'\u00fc' | =?base64?w7w=?=",
        "null | none",
        "[] | none",
        "{} | none"
      })
  void anArgumentIsRepeatedAsTextWhereItHasOne(String value, String header) {
    learn("t", "{'r':{'x-mcp-header':'Region'}}");
    List<String> out = of("{'r':" + value + ",'other':'x'}");
    assertThat(out.isEmpty() ? "none" : out.get(0) + "=" + out.get(1))
        .isEqualTo(header.equals("none") ? "none" : "Mcp-Param-Region=" + header);
    assertThat(of("{}")).isEmpty();
    assertThat(of("[]")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "''",
        "'a b'",
        "'a:b'",
        "'a\\r\\nX: y'",
        "'\u00e4'",
        "7",
        "null",
        "{}",
        "'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx'"
      })
  void aHeaderThatCouldNotBeSentIsNone(String name) {
    learn("t", "{'r':{'x-mcp-header':" + name + "}}");
    assertThat(of("{'r':'eu'}")).isEmpty();
  }

  @Test
  void anArgumentThatLiesDeeperIsFoundWhereItIsAndNowhereElse() {
    learn("t", "{'a':{'properties':{'b':{'x-mcp-header':'Deep'}}},'b':{}}");
    assertThat(of("{'a':{'b':'x'}}")).containsExactly("Mcp-Param-Deep", "x");
    assertThat(of("{'b':'x','a':'y'}")).isEmpty();
    assertThat(of("{'a':{'c':'x'}}")).isEmpty();
  }

  @Test
  void seventeenLevelsAreLookedIntoAndNoFurther() {
    for (int depth : new int[] {17, 18}) {
      String schema = "{'p':{'x-mcp-header':'Deep'}}";
      String arguments = "{'p':'x'}";
      for (int i = 1; i < depth; i++) {
        schema = "{'p':{'properties':" + schema + "}}";
        arguments = "{'p':" + arguments + "}";
      }
      learn("t", schema);
      assertThat(of(arguments)).as("%s levels", depth).hasSize(depth == 17 ? 2 : 0);
    }
  }

  @Test
  void aToolThatSaysSoNoLongerIsForgottenAndOneThatIsNotListedStays() {
    learn("t", "{'r':{'x-mcp-header':'Region'}}");
    learn("u", "{}");
    assertThat(of("{'r':'eu'}")).hasSize(2);
    learn("t", "{'r':{}}");
    assertThat(of("{'r':'eu'}")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "7",
        "{}",
        "{'tools':7}",
        "{'tools':[7,{},{'name':7},{'name':'t'}]}",
        "{'tools':[{'name':'t','inputSchema':7}]}",
        "{'tools':[{'name':'t','inputSchema':{'properties':[]}}]}",
        "{'tools':[{'name':'t','inputSchema':{'properties':{'r':7}}}]}"
      })
  void aListThatIsNoneTeachesNothing(String result) {
    headers.learn(json(result));
    headers.learn(null);
    assertThat(of("{'r':'eu'}")).isEmpty();
    assertThat(headers.of(null)).isEmpty();
    assertThat(headers.of((JsonObject) json("{'name':7}"))).isEmpty();
  }

  @Test
  void tenThousandToolsAreKeptAndNoMore() {
    for (int i = 0; i < 10_001; i++) {
      learn("t" + i, "{'r':{'x-mcp-header':'R'}}");
    }
    JsonObject last = (JsonObject) json("{'name':'t9999','arguments':{'r':'x'}}");
    JsonObject over = (JsonObject) json("{'name':'t10000','arguments':{'r':'x'}}");
    assertThat(headers.of(last)).hasSize(2);
    assertThat(headers.of(over)).isEmpty();
  }
}
