package app.intentgate.sdk.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.json.JavaValues;
import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonReader;
import app.intentgate.sdk.ToolDescription;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.internal.JsonSchemaElementUtils;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Schemas of tools as a model of LangChain4j is shown them. */
class ToolSpecificationsTest {
  private static ToolSpecification of(String schema) {
    return ToolSpecifications.of(
        ToolDescription.of("pay", "pays", (JsonObject) JsonReader.parse(schema)));
  }

  /** What a provider of models sends. */
  private static JsonObject sent(String schema) {
    return JavaValues.ofMap(JsonSchemaElementUtils.toMap(of(schema).parameters()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"type\":\"string\"}",
        "{\"type\":\"integer\",\"minimum\":1,\"maximum\":9007199254740993}",
        "{\"type\":[\"string\",\"null\"],\"description\":\"ä€\"}",
        "{\"enum\":[\"a\",1,null,true]}",
        "{\"type\":\"array\",\"items\":{\"type\":\"object\",\"properties\":{\"x\":{}}}}",
        "{\"anyOf\":[{\"type\":\"string\"},{\"$ref\":\"#/$defs/money\"}]}",
        "{\"type\":\"string\",\"pattern\":\"^[a-z]+$\",\"x-ours\":{\"deep\":[1,2]}}",
        "{}",
      })
  void the_schema_of_an_argument_reaches_the_model_as_the_tool_server_wrote_it(String schema) {
    JsonObject shown =
        sent("{\"type\":\"object\",\"properties\":{\"arg\":" + schema + "},\"required\":[]}");

    assertThat(((JsonObject) shown.get("properties")).get("arg"))
        .isEqualTo(JsonReader.parse(schema));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"true | {}", "false | {\"not\":{}}", "null | {}", "7 | {}", "[] | {}", "\"x\" | {}"})
  void an_argument_whose_schema_is_no_object_spoils_no_tool(String schema, String shown) {
    JsonObject sent = sent("{\"properties\":{\"arg\":" + schema + ",\"b\":{\"type\":\"string\"}}}");

    JsonObject properties = (JsonObject) sent.get("properties");
    assertThat(properties.get("arg")).hasToString(shown);
    assertThat(properties.get("b")).hasToString("{\"type\":\"string\"}");
  }

  @Test
  void arguments_keep_their_order_and_odd_names() {
    ToolSpecification tool =
        of(
            "{\"properties\":{\"z\":{},\"a"
                + " b\":{},\"\":{},\"ü.$\":{}},\"required\":[\"z\",\"ü.$\"]}");

    assertThat(tool.parameters().properties().keySet()).containsExactly("z", "a b", "", "ü.$");
    assertThat(tool.parameters().required()).containsExactly("z", "ü.$");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"type\":\"object\"}",
        "{\"properties\":[]}",
        "{\"properties\":null,\"required\":\"a\"}",
        "{\"$defs\":7,\"additionalProperties\":{}}"
      })
  void a_schema_that_says_nothing_of_arguments_is_a_tool_without_any(String schema) {
    ToolSpecification tool = of(schema);

    assertThat(tool.parameters().properties()).isEmpty();
    assertThat(tool.parameters().required()).isEmpty();
    assertThat(tool.parameters().additionalProperties()).isNull();
  }

  @Test
  void required_names_that_are_no_texts_are_left_out() {
    assertThat(of("{\"required\":[\"a\",7,null,\"b\"]}").parameters().required())
        .containsExactly("a", "b");
  }

  @Test
  void definitions_go_along_and_whether_more_arguments_may_be_given() {
    String schema =
        "{\"properties\":{\"m\":{\"$ref\":\"#/$defs/money\"}},\"additionalProperties\":false,"
            + "\"$defs\":{\"money\":{\"type\":\"integer\"},\"any\":true}}";

    assertThat(sent(schema).get("$defs"))
        .isEqualTo(JavaValues.of(Map.of("money", Map.of("type", "integer"), "any", Map.of())));
    assertThat(of(schema).parameters().additionalProperties()).isFalse();
    assertThat(of(schema.replace("false", "true")).parameters().additionalProperties()).isTrue();
  }

  @Test
  void a_tool_keeps_its_name_and_words() {
    assertThat(List.of(of("{}").name(), of("{}").description())).containsExactly("pay", "pays");
  }
}
