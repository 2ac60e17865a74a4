package app.intentgate.rego.builtin;

import static app.intentgate.rego.builtin.Calls.error;
import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.json.JsonArray;
import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonReader;
import app.intentgate.json.JsonValue;
import app.intentgate.rego.regex.Regex;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SchemaTest {
  private static JsonValue json(String text) {
    return JsonReader.parse(text.replace('\'', '"'));
  }

  /** The errors of a document, as {@code type|error}. */
  private static List<String> errors(String schema, String document) throws Exception {
    JsonArray result = (JsonArray) Calls.call("json.match_schema", text(document), json(schema));
    assertThat(result).isNotNull();
    List<String> errors = new ArrayList<>();
    for (JsonValue v : (JsonArray) result.get(1)) {
      JsonObject o = (JsonObject) v;
      errors.add(String.valueOf(o.get("type")).replace("\"", "") + "|" + text(o, "error"));
    }
    assertThat(result.get(0)).isEqualTo(JsonValue.of(errors.isEmpty()));
    return errors;
  }

  private static String text(String json) {
    return json.replace('\'', '"');
  }

  private static String text(JsonObject o, String name) {
    JsonValue v = o.get(name);
    return v == null ? "" : String.valueOf(v.asText());
  }

  @Test
  void typesAndRequiredMembersAreChecked() throws Exception {
    String schema = "{'properties': {'id': {'type': 'integer'}}, 'required': ['id']}";
    assertThat(errors(schema, "{'id': 5}")).isEmpty();
    assertThat(errors(schema, "{'id': 5.0}")).isEmpty();
    assertThat(errors(schema, "{'id': 'foo'}"))
        .containsExactly("invalid_type|id: Invalid type. Expected: integer, given: string");
    assertThat(errors(schema, "{}")).containsExactly("required|(root): id is required");
    assertThat(errors("{'type': ['string', 'null']}", "1"))
        .containsExactly(
            "invalid_type|(root): Invalid type. Expected: [string,null], given: integer");
  }

  @Test
  void numbersStringsAndArraysHaveBounds() throws Exception {
    assertThat(errors("{'minimum': 5, 'exclusiveMaximum': 10, 'multipleOf': 0.5}", "10"))
        .containsExactly("number_lt|(root): Must be less than 10");
    assertThat(errors("{'minimum': 5, 'exclusiveMinimum': true}", "5"))
        .containsExactly("number_gt|(root): Must be greater than 5");
    assertThat(errors("{'multipleOf': 0.1}", "0.25"))
        .containsExactly("multiple_of|(root): Must be a multiple of 0.1");
    assertThat(errors("{'maxLength': 2, 'pattern': '^a'}", "'b😀c'"))
        .containsExactly(
            "string_lte|(root): String length must be less than or equal to 2",
            "pattern|(root): Does not match pattern '^a'");
    assertThat(
            errors(
                "{'items': [{'type': 'string'}], 'additionalItems': false, 'uniqueItems': true}",
                "[1, 2, 2]"))
        .containsExactly(
            "invalid_type|0: Invalid type. Expected: string, given: integer",
            "array_no_additional_items|(root): No additional items allowed on array",
            "unique|(root): array items[1,2] must be unique");
    assertThat(errors("{'enum': ['a', 1]}", "'b'"))
        .containsExactly("enum|(root): (root) must be one of the following: \"a\", 1");
    assertThat(errors("{'enum': []}", "'b'"))
        .containsExactly("enum|(root): (root) must be one of the following: (none)");
  }

  @Test
  void objectsMayBeClosed() throws Exception {
    String schema =
        "{'properties': {'a': {}}, 'patternProperties': {'^x-': {'type': 'string'}},"
            + " 'additionalProperties': false}";
    assertThat(errors(schema, "{'a': 1, 'x-b': 1, 'c': 2}"))
        .containsExactly(
            "invalid_type|x-b: Invalid type. Expected: string, given: integer",
            "additional_property_not_allowed|(root): Additional property c is not allowed");
    assertThat(errors("{'dependencies': {'a': ['b']}}", "{'a': 1}"))
        .containsExactly("missing_dependency|(root): Has a dependency on b");
  }

  @Test
  void combinationsReportTheClosestAlternative() throws Exception {
    String schema = "{'anyOf': [{'type': 'string'}, {'type': 'object', 'required': ['a', 'b']}]}";
    assertThat(errors(schema, "{'a': 1}"))
        .containsExactly(
            "number_any_of|(root): Must validate at least one schema (anyOf)",
            "required|(root): b is required");
    assertThat(errors("{'oneOf': [{'minimum': 1}, {'minimum': 2}]}", "3"))
        .containsExactly("number_one_of|(root): Must validate one and only one schema (oneOf)");
    assertThat(errors("{'not': {'type': 'null'}}", "null"))
        .containsExactly("number_not|(root): Must not validate the schema (not)");
    assertThat(errors("{'if': {'required': ['a']}, 'then': {'required': ['b']}}", "{'a': 1}"))
        .containsExactly(
            "condition_then|(root): Must validate \"then\" as \"if\" was valid",
            "required|(root): b is required");
  }

  @Test
  void referencesLeadWithinTheSchemaAndMayBeRecursive() throws Exception {
    String tree =
        "{'definitions': {'node': {'type': 'object', 'properties': {'next': {'$ref':"
            + " '#/definitions/node'}}}}, '$ref': '#/definitions/node'}";
    assertThat(errors(tree, "{'next': {'next': {}}}")).isEmpty();
    assertThat(errors(tree, "{'next': {'next': 1}}"))
        .containsExactly("invalid_type|next.next: Invalid type. Expected: object, given: integer");
    assertThat(error("json.match_schema", "{}", json("{'$ref': '#'}")))
        .isEqualTo("schema or document is nested too deeply");
    assertThat(error("json.match_schema", "{}", json("{'$ref': 'http://evil.test/x'}")))
        .isEqualTo("remote reference loading disabled: http://evil.test/x");
  }

  @Test
  void formatsFitOrNot() throws Exception {
    String[][] cases = {
      {"date", "2024-02-29", "2023-02-29"},
      {"date-time", "2024-02-29T12:00:00Z", "2024-02-29T12:00:00"},
      {"ipv4", "10.0.0.255", "10.0.0.256"},
      {"ipv6", "fe80::1", "fe80::1::2"},
      {"email", "a@b.example", "a.b.example"},
      {"uri", "https://a.example/b", "/b"},
      {"uuid", "00000000-0000-4000-8000-000000000000", "x"},
      {"hostname", "a-b.example", "-a.example"},
      {"regex", "^a+$", "("},
      {"json-pointer", "/a~1b", "a"},
    };
    for (String[] c : cases) {
      String schema = "{'format': '" + c[0] + "'}";
      assertThat(errors(schema, "'" + c[1] + "'")).as(c[0]).isEmpty();
      assertThat(errors(schema, "'" + c[2] + "'"))
          .containsExactly("format|(root): Does not match format '" + c[0] + "'");
    }
  }

  @Test
  void schemasThemselvesAreChecked() throws Exception {
    assertThat(Calls.text("json.verify_schema", json("{'type': 'boolean'}")))
        .isEqualTo("[true, null]");
    assertThat(Calls.text("json.verify_schema", text("{'type': 'unknown'}")))
        .isEqualTo(
            "[false, \"jsonschema: has a primitive type that is NOT VALID -- given: /unknown/"
                + " Expected valid values are:[array boolean integer number null object"
                + " string]\"]");
    assertThat(Calls.text("json.verify_schema", text("{'minLength': -1}")))
        .isEqualTo("[false, \"jsonschema: minLength must be greater than or equal to 0\"]");
    assertThat(Calls.text("json.verify_schema", "{"))
        .isEqualTo("[false, \"jsonschema: invalid JSON string\"]");
  }

  /** What is kept with a policy is bounded by what it says it takes. */
  @Test
  void schemas_and_globs_tell_how_much_of_the_heap_they_take() throws Exception {
    String many = "{\"anyOf\": [" + "{},".repeat(999) + "{}]}";
    long schemas = SchemaCompiler.compile(new Calls(), JsonReader.parseRego(many)).bytes();
    assertThat(schemas).isBetween(300_000L, 1_000_000L);
    String pattern = "{\"patternProperties\": {\"[a-z]{900}\": {\"pattern\": \"[a-z]{900}\"}}}";
    long patterns = SchemaCompiler.compile(new Calls(), JsonReader.parseRego(pattern)).bytes();
    assertThat(patterns).isGreaterThan(2 * Regex.compile("[a-z]{900}").bytes());
    assertThat(PlainGlobParser.parse("[ab-y]*".repeat(1_000)).bytes()).isBetween(50_000L, 500_000L);
  }
}
