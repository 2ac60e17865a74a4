package app.intentgate.rego.graphql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.intentgate.json.JsonObject;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GraphqlQueryTest {
  private static JsonObject parse(String text) {
    return GraphqlQuery.parse(text, steps -> {});
  }

  @Test
  void queriesBecomeDocuments() {
    assertThat(parse("query q($a: [Int!] = 1 @d) { x: f(a: $a, b: {c: [T]}) ...g }"))
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
    assertThat(parse("{f(a: \"\"\"\n    x\n      y \\\"\"\"\n  \"\"\")}").toString())
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
    assertThatThrownBy(() -> parse(query)).isInstanceOf(GraphqlException.class).hasMessage(message);
  }

  @Test
  void deepNestingIsRefused() {
    assertThatThrownBy(() -> parse("{a".repeat(10_000)))
        .isInstanceOf(GraphqlException.class)
        .hasMessageContaining("nested too deeply");
    assertThatThrownBy(() -> parse("{a(b:" + "[".repeat(10_000)))
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
        parse(text.append('}').toString());
        read++;
      } catch (GraphqlException refused) {
        assertThat(refused).hasMessageContaining("in GraphQL string at location");
      }
    }
    assertThat(read).isPositive();
  }

  @Test
  void columns_count_characters_from_the_start_of_the_line() {
    assertThatThrownBy(
            () -> parse("{a(b: \"\ud83d\ude00\") # x\n c(d: \"\u00e9\ud83d\ude00\", ;) }"))
        .hasMessageEndingWith("location 2:13");
    assertThatThrownBy(() -> parse("{a(b: \"\"\"\n\ud83d\ude00\r\n x\"\"\", ;)}"))
        .hasMessageEndingWith("location 3:8");
  }

  @Test
  void a_reading_can_be_ended_from_outside() {
    int[] left = {3};
    assertThatThrownBy(
            () ->
                GraphqlQuery.parse(
                    "{a b c d e}",
                    steps -> {
                      if (left[0]-- == 0) {
                        throw new IllegalStateException("over");
                      }
                    }))
        .hasMessage("over");
  }
}
