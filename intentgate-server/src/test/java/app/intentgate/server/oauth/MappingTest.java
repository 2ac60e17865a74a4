package app.intentgate.server.oauth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonReader;
import app.intentgate.token.CapabilityToken;
import app.intentgate.token.KeyRing;
import app.intentgate.token.TokenMinter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which rule a token meets, and what it gives. */
class MappingTest {
  private static Claims claims(String more) {
    return new Claims(
        (JsonObject)
            JsonReader.parse(
                ("{'iss':'https://i','sub':'ann','client_id':'desk'" + more + "}")
                    .replace('\'', '"')));
  }

  private static Mapping mapping(String rules) {
    return Mapping.parse(rules.replace('\'', '"'));
  }

  private static String given(String rule, String claims) {
    Mapping mapping = mapping("[" + rule + "]");
    Claims of = claims(claims);
    CapabilityToken token = TokenMinter.of(KeyRing.generate()).mint(mapping.ruleFor(of).grant(of));
    return token + " " + token.caveats();
  }

  @Test
  void theFirstRuleThatFitsCounts() {
    Mapping mapping =
        mapping(
            "[{'name':'a','when':{'groups':['x','y']},'subject':'s','tools':[]},"
                + "{'name':'b','when':{'groups':'x','scope':'one two'},'subject':'s','tools':[]},"
                + "{'name':'c','when':{'/deep/role':'boss','n':3,'b':true},'subject':'s',"
                + "'tools':[]}]");
    assertThat(mapping.ruleFor(claims(",'groups':['y','x']")).name()).isEqualTo("a");
    assertThat(mapping.ruleFor(claims(",'groups':['x'],'scope':'two one zero'")).name())
        .isEqualTo("b");
    assertThat(mapping.ruleFor(claims(",'deep':{'role':['boss']},'n':3,'b':true")).name())
        .isEqualTo("c");
    for (String none :
        new String[] {
          "",
          ",'groups':['x'],'scope':'two one-zero'",
          ",'groups':['x'],'scope':'onetwo'",
          ",'deep':{'role':'boss'},'n':'3','b':true",
          ",'deep':'boss'"
        }) {
      assertThatThrownBy(() -> mapping.ruleFor(claims(none)))
          .as(none)
          .isInstanceOf(OAuthRefusal.class);
    }
  }

  @Test
  void aRuleGivesWhatItSaysFilledFromTheToken() {
    String text =
        given(
            "{'when':{},'subject':'desk:${sub}','tenant':'${org}','zone':'${zone}',"
                + "'tools':['${tools}','${org}.read_*'],'deny_tools':['drop_*'],"
                + "'servers':['crm'],'max_calls':'${quota}','rate_per_min':5,'max_cents':7}",
            ",'org':'acme','zone':'blue','tools':['a_*','b'],'quota':12");
    assertThat(text)
        .contains("\"sub\":\"desk:ann\"")
        .contains("\"tenant\":\"acme\"")
        .contains("\"zone\":\"blue\"")
        .contains("\"iss\":\"https://i\"")
        .contains("a_*", "acme.read_*", "drop_*", "crm")
        .contains("maxCalls=12", "ratePerMin=5", "maxCents=7");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          {'when':{},'subject':'${who}','tools':[]}              |
          {'when':{},'subject':'${who}','tools':[]}              | ,'who':''
          {'when':{},'subject':'${who}','tools':[]}              | ,'who':' '
          {'when':{},'subject':'${who}','tools':[]}              | ,'who':null
          {'when':{},'subject':'${who}','tools':[]}              | ,'who':['a']
          {'when':{},'subject':'${who}','tools':[]}              | ,'who':'a\\u0000'
          {'when':{},'subject':'${who}','tools':[]}              | ,'who':'a\\u202e'
          {'when':{},'subject':'${who}','tools':[]}              | ,'who':'a\\ud800'
          {'when':{},'subject':'s','tenant':'${org}','tools':[]} | ,'org':''
          {'when':{},'subject':'s','tools':['${d}.read']}        | ,'d':'*'
          {'when':{},'subject':'s','tools':['${d}.read']}        | ,'d':'[a-z]'
          {'when':{},'subject':'s','tools':['${d}.read']}        | ,'d':['a']
          {'when':{},'subject':'s','tools':['${d}']}             | ,'d':['[']
          {'when':{},'subject':'s','tools':['${d}']}             | ,'d':[7,{}]
          {'when':{},'subject':'s','tools':[],'max_calls':'${n}'} | ,'n':'many'
          {'when':{},'subject':'s','tools':[],'max_calls':'${n}'} | ,'n':-1
          {'when':{},'subject':'s','tools':[],'max_calls':'${n}'} | ,'n':1.5
          """)
  void whatATokenLacksGivesNothing(String rule, String claims) {
    assertThatThrownBy(() -> given(rule, claims == null ? "" : claims))
        .isInstanceOf(OAuthRefusal.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      textBlock =
          """
          {}                                                          | must be a JSON array
          []                                                          | must be a JSON array
          [7]                                                         | rule 1 is no object
          [{'subject':'s','tools':[]}]                                | rule 1: "when"
          [{'when':{},'tools':[]}]                                    | rule 1: "subject"
          [{'when':{},'subject':'s'}]                                 | neither "tools" nor "servers"
          [{'when':{},'subject':'s','tool':[]}]                       | "tool" is no member
          [{'when':{},'subject':'s','tools':'x'}]                     | "tools" is no array
          [{'when':{},'subject':'s','tools':['[']}]                   | is no tool pattern
          [{'when':{},'subject':'${sub','tools':[]}]                  | without its }
          [{'when':{'a':[]},'subject':'s','tools':[]}]                | wants nothing
          [{'when':{},'subject':'s','tools':[],'max_calls':-1}]       | "max_calls" must be
          [{'when':{},'subject':'s','tools':[],'max_calls':'12'}]     | "max_calls" must be
          [{'name':'a','when':{},'subject':'s','tools':[]},{'name':'a','when':{},'subject':'s','tools':[]}] | another rule
          [{'when':{},'when':{},'subject':'s','tools':[]}]            | duplicate
          """)
  void aRuleThatSaysSomethingElseIsRefused(String rules, String why) {
    assertThatThrownBy(() -> mapping(rules))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(why);
  }
}
