package app.intentgate.server.oauth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonReader;
import app.intentgate.token.CapabilityToken;
import app.intentgate.token.KeyRing;
import app.intentgate.token.TokenMinter;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Texts of rules that a token fills, and what a token could put there. */
class TemplateTest {
  private static Claims claims(String text) {
    return new Claims((JsonObject) JsonReader.parse(text.replace('\'', '"')));
  }

  private static final Claims ANN =
      claims("{'sub':'ann','n':7,'a':{'b':'deep'},'$1':'group','odd':'$1\\\\','{':'x'}");

  @ParameterizedTest
  @CsvSource({
    "plain,plain",
    "${sub},ann",
    "x-${sub}-${n},x-ann-7",
    "${sub}${sub},annann",
    "${/a/b},deep",
    "${$1},group",
    "${odd},$1\\",
    "$sub {sub} $,$sub {sub} $",
    "$${sub},$ann",
    "}${sub}{,}ann{"
  })
  void aPlaceholderStandsForItsClaimAndNothingElseIsOne(String text, String filled) {
    assertThat(Template.of(text).fill(ANN)).isEqualTo(filled);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "${", "${}", "a${sub", "${{}", "${a{b}", "${sub}${"})
  void aTextThatIsNoneIsRefused(String text) {
    assertThatThrownBy(() -> Template.of(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "${t} | {'t':['a_*','b']} | a_*,b",
        "${t} | {'t':'a_*'} | a_*",
        "${t} | {'t':[]} | ``",
        "${t} | {'t':[7,true]} | 7,true",
        "x.${t} | {'t':'a'} | x.a",
        "x.${t}.${u} | {'t':'a','u':7} | x.a.7"
      })
  void aPlaceholderThatIsAllMayBringPatternsAndOneThatIsAPartMayNot(
      String text, String claims, String patterns) {
    assertThat(String.join(",", Template.of(text).patterns(claims(claims)))).isEqualTo(patterns);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'t':'*'}",
        "{'t':'a?'}",
        "{'t':'[a]'}",
        "{'t':'a\\\\'}",
        "{'t':'a]'}",
        "{'t':['a']}",
        "{'t':''}",
        "{'t':'a\\n'}",
        "{'t':null}",
        "{}"
      })
  void aPartOfAPatternIsAPlainName(String claims) {
    assertThatThrownBy(() -> Template.of("x.${t}").patterns(claims(claims)))
        .isInstanceOf(OAuthRefusal.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{'t':['a',null]}", "{'t':['a',['b']]}", "{'t':['']}", "{'t':{}}", "{}"})
  void oneNameThatIsNoneSpoilsTheList(String claims) {
    assertThatThrownBy(() -> Template.of("${t}").patterns(claims(claims)))
        .isInstanceOf(OAuthRefusal.class)
        .hasMessageContaining("its claim t is missing or no name");
  }

  private static String given(String rule, String claims) {
    String json = "[{'when':{},'subject':'s'," + rule + "}]";
    Mapping mapping = Mapping.parse(json.replace('\'', '"'));
    Claims of = claims("{'iss':'https://i','sub':'ann'" + claims + "}");
    CapabilityToken token = TokenMinter.of(KeyRing.generate()).mint(mapping.ruleFor(of).grant(of));
    return token.caveats().toString();
  }

  @Test
  void aListThatIsEmptyGivesNothingAndNotEverything() {
    // Without the caveat everything would be allowed; with an empty one nothing is.
    assertThat(given("'tools':['${t}']", ",'t':[]")).contains("ToolAllow[");
    assertThat(given("'servers':['${t}']", ",'t':[]")).contains("McpAllow[");
    assertThat(given("'tools':[]", "")).contains("ToolAllow[").doesNotContain("McpAllow[");
    assertThat(given("'tools':['a'],'servers':[]", "")).contains("ToolAllow[", "McpAllow[");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "0 | maxCalls=0",
        "9007199254740991 | maxCalls=9007199254740991",
        "'12' | maxCalls=12"
      })
  void aLimitOfATokenIsAWholeNumber(String value, String caveat) {
    assertThat(given("'tools':[],'max_calls':'${n}'", ",'n':" + value)).contains(caveat);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "9007199254740992",
        "9223372036854775808",
        "-1",
        "'-1'",
        "1.0",
        "1e3",
        "' 1'",
        "'0x1'",
        "true",
        "''"
      })
  void anythingElseThatATokenSaysIsNoLimit(String value) {
    assertThatThrownBy(() -> given("'tools':[],'max_calls':'${n}'", ",'n':" + value))
        .isInstanceOf(OAuthRefusal.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'max_calls':1.5",
        "'max_calls':true",
        "'max_calls':null",
        "'max_calls':'x${n}'",
        "'rate_per_min':-1",
        "'max_cents':1e30",
        "'zone':7",
        "'tenant':''",
        "'name':' '",
        "'deny_tools':'x'",
        "'deny_tools':['[']",
        "'servers':[7]",
        "'Tools':[]"
      })
  void aRuleThatSaysSomethingElseIsRefusedAtTheStart(String member) {
    assertThatThrownBy(() -> given("'tools':[]," + member, ",'n':1"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("rule 1: ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'scope':' '} | is no text",
        "{'scope':7} | is no text",
        "{'scp':[['a']]} | is no text",
        "{'groups':[]} | wants nothing",
        "[] | must be an object",
        "7 | must be an object"
      })
  void aRuleSaysWhatItWantsOfAToken(String when, String why) {
    String json = "[{'when':" + when + ",'subject':'s','tools':[]}]";
    assertThatThrownBy(() -> Mapping.parse(json.replace('\'', '"'))).hasMessageContaining(why);
  }

  @Test
  void theScopesToAskForAreThoseThatRulesWantEachOnce() {
    Mapping mapping =
        Mapping.parse(
            ("[{'name':'a','when':{'scope':'x  y'},'subject':'s','tools':[]},"
                    + "{'name':'b','when':{'scope':['y','z'],'scp':'w'},'subject':'s','tools':[]}]")
                .replace('\'', '"'));
    assertThat(mapping.scopes()).isEqualTo(List.of("x", "y", "z"));
  }

  @ParameterizedTest
  @CsvSource({
    "https://gate.example/v1/mcp,https://gate.example/.well-known/oauth-protected-resource/v1/mcp",
    "https://gate.example,https://gate.example/.well-known/oauth-protected-resource",
    "https://gate.example/,https://gate.example/.well-known/oauth-protected-resource",
    "http://[::1]:8080/a%20b,http://[::1]:8080/.well-known/oauth-protected-resource/a%20b"
  })
  void aChallengeSaysWhereTheMetadataIs(String resource, String metadata) {
    ProtectedResource known = new ProtectedResource(resource, List.of("https://i"), List.of());
    assertThat(known.challenge()).isEqualTo("Bearer resource_metadata=\"" + metadata + "\"");
    assertThat(known.challenge(OAuthRefusal.unavailable())).isEqualTo(known.challenge());
    assertThat(new String(known.metadata(), java.nio.charset.StandardCharsets.UTF_8))
        .contains("\"resource\":\"" + resource + "\"")
        .doesNotContain("scopes_supported");
  }

  @Test
  void whatATokenSaysCannotBreakOutOfAChallenge() {
    ProtectedResource known = new ProtectedResource("https://g", List.of(), List.of("a"));
    String challenge =
        known.challenge(OAuthRefusal.insufficient("a\"b\\c\r\nX: y\u00e4\u2028\u007f"));
    assertThat(challenge)
        .isEqualTo(
            "Bearer error=\"insufficient_scope\","
                + " error_description=\"access token: a_b_c__X: y___\","
                + " resource_metadata=\"https://g/.well-known/oauth-protected-resource\"");
  }
}
