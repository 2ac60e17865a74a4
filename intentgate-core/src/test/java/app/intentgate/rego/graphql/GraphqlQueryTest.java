package app.intentgate.rego.graphql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GraphqlQueryTest {
  @Test
  void queriesBecomeDocuments() {
    assertThat(GraphqlQuery.parse("query q($a: [Int!] = 1 @d) { x: f(a: $a, b: {c: [T]}) ...g }"))
        .hasToString(
            ("{'Operations':[{'Operation':'query','Name':'q','VariableDefinitions':[{'Variable':"
                 + "'a','Type':{'NamedType':'','Elem':{'NamedType':'Int','NonNull':true},"
                 + "'NonNull':false},'DefaultValue':{'Raw':'1','Kind':1,"
                 + "'ExpectedTypeHasDefault':false},'Directives':[{'Name':'d','Location':''}],"
                 + "'Used':false}],'SelectionSet':[{'Alias':'x','Name':'f','Arguments':[{'Name':"
                 + "'a','Value':{'Raw':'a','Kind':0,'ExpectedTypeHasDefault':false}},{'Name':'b',"
                 + "'Value':{'Raw':'','Kind':9,'ExpectedTypeHasDefault':false,'Children':["
                 + "{'Name':'c','Value':{'Raw':'','Kind':8,'ExpectedTypeHasDefault':false,"
                 + "'Children':[{'Name':'','Value':{'Raw':'T','Kind':7,"
                 + "'ExpectedTypeHasDefault':false}}]}}]}}]},{'Name':'g'}]}]}")
                .replace('\'', '"'));
  }

  @Test
  void blockStringsLoseTheirIndentation() {
    assertThat(GraphqlQuery.parse("{f(a: \"\"\"\n    x\n      y \\\"\"\"\n  \"\"\")}").toString())
        .contains("\"Raw\":\"x\\n  y \\\"\\\"\\\"\"");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{ | Expected Name, found <EOF> in GraphQL string at location 1:2",
        "{ ...on } | Expected Name, found } in GraphQL string at location 1:9",
        "fragment on on on { on } | Unexpected Name \"on\" in GraphQL string at location 1:10",
        "{__typename{...}} | Expected {, found } in GraphQL string at location 1:16",
        "... | Unexpected ... in GraphQL string at location 1:1",
        "{f(a: \"x) } | Unterminated string. in GraphQL string at location 1:7",
      })
  void whatIsNoQueryIsRefusedWithItsPlace(String query, String message) {
    assertThatThrownBy(() -> GraphqlQuery.parse(query))
        .isInstanceOf(GraphqlException.class)
        .hasMessage(message);
  }

  @Test
  void deepNestingIsRefused() {
    assertThatThrownBy(() -> GraphqlQuery.parse("{a".repeat(10_000)))
        .isInstanceOf(GraphqlException.class)
        .hasMessageContaining("nested too deeply");
    assertThatThrownBy(() -> GraphqlQuery.parse("{a(b:" + "[".repeat(10_000)))
        .isInstanceOf(GraphqlException.class)
        .hasMessageContaining("nested too deeply");
  }

  @Test
  void anyTextIsReadOrRefused() {
    String[] parts = {
      "{", "}", "(", ")", "a", ":", "$", "...", "on", "[", "]", "\"", "1", "@", "!"
    };
    Random random = new Random(11);
    int read = 0;
    for (int i = 0; i < 20_000; i++) {
      StringBuilder text = new StringBuilder("{a");
      for (int n = random.nextInt(6); n > 0; n--) {
        text.append(parts[random.nextInt(parts.length)]).append(' ');
      }
      try {
        GraphqlQuery.parse(text.append('}').toString());
        read++;
      } catch (GraphqlException refused) {
        assertThat(refused).hasMessageContaining("in GraphQL string at location");
      }
    }
    assertThat(read).isPositive();
  }
}
