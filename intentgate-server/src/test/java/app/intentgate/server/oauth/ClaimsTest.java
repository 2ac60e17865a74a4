package app.intentgate.server.oauth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonReader;
import app.intentgate.json.JsonValue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a token says, read so that nothing is taken for something else. */
class ClaimsTest {
  private static JsonValue json(String text) {
    return JsonReader.parse(text.replace('\'', '"'));
  }

  private static Claims claims(String text) {
    return new Claims((JsonObject) json(text));
  }

  private static final Claims DEEP =
      claims(
          "{'a':{'b':{'c':1}},'/a/b':'direct','x/y':{'~':'tilde'},'':{'':'empty'},'list':[1],"
              + "'/only':'direct'}");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "a | {'b':{'c':1}}",
        "/a/b/c | 1",
        "/a/b | 'direct'",
        "/only | 'direct'",
        "/x~1y/~0 | 'tilde'",
        "/x/y | none",
        "// | 'empty'",
        "/ | {'':'empty'}",
        "/a/b/c/d | none",
        "/list/0 | none",
        "a/b | none",
        "/none | none",
        "`` | {'':'empty'}"
      })
  void aClaimIsNamedByItsMemberOrWhereItLies(String name, String value) {
    JsonValue found = DEEP.get(name);
    assertThat(found == null ? "none" : found.toString().replace('"', '\'')).isEqualTo(value);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'gate' | true",
        "['other','gate'] | true",
        "[] | false",
        "['gate/'] | false",
        "'Gate' | false",
        "'gate other' | false",
        "[['gate']] | false",
        "{'gate':'gate'} | false",
        "7 | false",
        "null | false"
      })
  void aTokenIsForThisGateWhenItsAudienceIsOrHoldsExactlyThat(String aud, boolean meant) {
    assertThat(claims("{'aud':" + aud + "}").isFor("gate")).isEqualTo(meant);
    assertThat(claims("{}").isFor("gate")).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "0,0.0",
    "1700000000,1.7E9",
    "1700000000.5,1.7000000005E9",
    "1e9,1.0E9",
    "999999999999,9.99999999999E11"
  })
  void aTimeIsSecondsWithOrWithoutAFraction(String text, double seconds) {
    assertThat(claims("{'exp':" + text + "}").time("exp")).isEqualTo(seconds);
    assertThat(claims("{}").time("exp")).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"-1", "-0.5", "1e12", "1e300", "'1700000000'", "true", "null", "[1]", "{}"})
  void anythingElseIsNoTime(String text) {
    assertThatThrownBy(() -> claims("{'exp':" + text + "}").time("exp"))
        .isInstanceOf(OAuthRefusal.class)
        .hasMessage("access token: its exp is no time");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{'sub':''}", "{'sub':7}", "{'sub':null}", "{'sub':['a']}"})
  void aClaimThatHasToBeThereIsATextThatIsNotEmpty(String text) {
    assertThatThrownBy(() -> claims(text).required("sub"))
        .isInstanceOf(OAuthRefusal.class)
        .hasMessage("access token: it has no sub");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'client_id':'a','azp':'b','appid':'c','cid':'d'} | a",
        "{'azp':'b','appid':'c'} | b",
        "{'client_id':'','cid':'d'} | d",
        "{'client_id':7,'appid':'c'} | c",
        "{'client':'x'} | ``"
      })
  void theClientIsFoundUnderEachOfItsNamesInOneOrder(String text, String client) {
    assertThat(claims(text).client()).isEqualTo(client);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'scope':'a b'} | scope | 'a' | true",
        "{'scope':'a b'} | scope | 'a b' | true",
        "{'scope':'ab'} | scope | 'a' | false",
        "{'scope':'a  b'} | scope | 'b' | true",
        "{'scp':['a','b']} | scp | 'b' | true",
        "{'scp':'a b'} | scp | 'b' | true",
        "{'groups':'a b'} | groups | 'b' | false",
        "{'groups':['a']} | groups | 'a' | true",
        "{'groups':['a']} | groups | ['a'] | true",
        "{'groups':[['a']]} | groups | 'a' | false",
        "{'n':1} | n | 1.0 | true",
        "{'n':1} | n | '1' | false",
        "{'b':true} | b | 'true' | false",
        "{'n':null} | n | null | true",
        "{} | n | null | false",
        "{'o':{'a':1,'b':2}} | o | {'b':2,'a':1} | true"
      })
  void aClaimHoldsAValueOrAListOfWhichItIsOne(
      String text, String claim, String wanted, boolean holds) {
    assertThat(claims(text).holds(claim, json(wanted))).isEqualTo(holds);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'ann' | ann",
        "7 | 7",
        "1.50 | 1.50",
        "true | true",
        "'\u00e4\ud83d\ude00' | \u00e4\ud83d\ude00",
        "'' | null",
        "' ' | null",
        "'a\\nb' | null",
        "'a\\u0085' | null",
        "'a\\u2028' | null",
        "'a\\u200b' | null",
        "'a\\ud800' | null",
        "'\\udb40\\udc41' | null",
        "[] | null",
        "{} | null",
        "null | null"
      })
  void onlyWhatCanBePartOfANameBecomesOne(String value, String text) {
    assertThat(String.valueOf(claims("{'c':" + value + "}").asText("c"))).isEqualTo(text);
  }

  @Test
  void aNameMayHave256CharactersAndNoMore() {
    assertThat(claims("{'c':'" + "x".repeat(256) + "'}").asText("c")).hasSize(256);
    assertThat(claims("{'c':'" + "x".repeat(257) + "'}").asText("c")).isNull();
    assertThat(claims("{'c':1" + "0".repeat(256) + "}").asText("c")).isNull();
  }
}
