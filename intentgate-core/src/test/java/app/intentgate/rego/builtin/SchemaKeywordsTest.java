package app.intentgate.rego.builtin;

import app.intentgate.rego.ExpressionTable;
import app.intentgate.rego.Expressions;

/** What each keyword of a JSON schema asks of a document. */
class SchemaKeywordsTest {
  private static final String RULES =
      "fits(document, schema) := json.match_schema(json.marshal(document), schema)[0]\n\n"
          + "good(schema) := json.verify_schema(schema)[0]\n";

  @Expressions(
      rules = RULES,
      value =
          """
          fits({}, {}) => true
          fits({"a": 1}, {"type": "object"}) => true
          fits([], {"type": "object"}) => false
          fits([], {"type": ["object", "array"]}) => true
          fits({"a": "x"}, {"properties": {"a": {"type": "string"}}}) => true
          fits({"a": 1}, {"properties": {"a": {"type": "string"}}}) => false
          fits({"a": null}, {"properties": {"a": {"type": "null"}}}) => true
          fits({"a": true}, {"properties": {"a": {"type": "boolean"}}}) => true
          fits({"a": 1}, {"properties": {"a": {"type": "integer"}}}) => true
          fits({"a": 1.5}, {"properties": {"a": {"type": "integer"}}}) => false
          fits({"a": 1.5}, {"properties": {"a": {"type": "number"}}}) => true
          fits({}, {"properties": {"a": {"type": "string"}}}) => true
          fits({"b": 1}, {"required": ["a"]}) => false
          fits({"a": 1}, {"required": ["a"]}) => true
          fits({"a": 1, "b": 2}, {"properties": {"a": {}}, "additionalProperties": false}) => false
          fits({"a": 1}, {"properties": {"a": {}}, "additionalProperties": false}) => true
          fits({"b": 2}, {"additionalProperties": {"type": "string"}}) => false
          fits({"b": "s"}, {"additionalProperties": {"type": "string"}}) => true
          fits({"xa": 1}, {"patternProperties": {"^x": {"type": "string"}}}) => false
          fits({"ya": 1}, {"patternProperties": {"^x": {"type": "string"}}}) => true
          fits({"xa": 1}, {"patternProperties": {"^x": {}}, "additionalProperties": false}) => true
          fits({"a": 1}, {"minProperties": 2}) => false
          fits({"a": 1, "b": 2}, {"minProperties": 2}) => true
          fits({"a": 1, "b": 2}, {"maxProperties": 1}) => false
          fits({"a": 1}, {"maxProperties": 1}) => true
          fits({"abc": 1}, {"propertyNames": {"maxLength": 2}}) => false
          fits({"ab": 1}, {"propertyNames": {"maxLength": 2}}) => true
          fits({"a": 1}, {"dependencies": {"a": ["b"]}}) => false
          fits({"a": 1, "b": 2}, {"dependencies": {"a": ["b"]}}) => true
          fits({"c": 1}, {"dependencies": {"a": ["b"]}}) => true
          fits({"a": 1}, {"dependencies": {"a": {"required": ["b"]}}}) => false
          fits({"a": 1}, {"properties": {"a": false}}) => false
          fits({"a": 1}, {"properties": {"a": true}}) => true
          """)
  void objects(ExpressionTable.Line line) {
    line.check();
  }

  @Expressions(
      rules = RULES,
      value =
          """
          fits([1, 2], {"items": {"type": "number"}}) => true
          fits([1, "a"], {"items": {"type": "number"}}) => false
          fits([1, "a"], {"items": [{"type": "number"}, {"type": "string"}]}) => true
          fits(["a", 1], {"items": [{"type": "number"}, {"type": "string"}]}) => false
          fits([1, "a", null], {"items": [{"type": "number"}], "additionalItems": false}) => false
          fits([1, "a"], {"items": [{"type": "number"}], "additionalItems": {"type": "string"}}) => true
          fits([1, 2], {"items": [{"type": "number"}], "additionalItems": {"type": "string"}}) => false
          fits([1], {"minItems": 2}) => false
          fits([1, 2], {"minItems": 2}) => true
          fits([1, 2], {"maxItems": 1}) => false
          fits([1], {"maxItems": 1}) => true
          fits([1, 1], {"uniqueItems": true}) => false
          fits([1, 2], {"uniqueItems": true}) => true
          fits([1, 1], {"uniqueItems": false}) => true
          fits([1, "a"], {"contains": {"type": "string"}}) => true
          fits([1, 2], {"contains": {"type": "string"}}) => false
          fits([], {"contains": {}}) => false
          fits({}, {"minItems": 2, "uniqueItems": true, "contains": {}}) => true
          """)
  void arrays(ExpressionTable.Line line) {
    line.check();
  }

  @Expressions(
      rules = RULES,
      value =
          """
          fits([5], {"items": {"minimum": 5}}) => true
          fits([4], {"items": {"minimum": 5}}) => false
          fits([5], {"items": {"exclusiveMinimum": 5}}) => false
          fits([5], {"items": {"minimum": 5, "exclusiveMinimum": true}}) => false
          fits([5], {"items": {"maximum": 5}}) => true
          fits([6], {"items": {"maximum": 5}}) => false
          fits([5], {"items": {"exclusiveMaximum": 5}}) => false
          fits([7.5], {"items": {"multipleOf": 2.5}}) => true
          fits([7], {"items": {"multipleOf": 2.5}}) => false
          fits(["ab"], {"items": {"minLength": 3}}) => false
          fits(["😀é"], {"items": {"maxLength": 2}}) => true
          fits(["abc"], {"items": {"maxLength": 2}}) => false
          fits(["xaby"], {"items": {"pattern": "a.y$"}}) => true
          fits(["xaby"], {"items": {"pattern": "^a"}}) => false
          fits([1], {"items": {"minLength": 3, "pattern": "a"}}) => true
          fits(["a"], {"items": {"minimum": 3}}) => true
          fits([{"a": [1]}], {"items": {"const": {"a": [1]}}}) => true
          fits([{"a": [2]}], {"items": {"const": {"a": [1]}}}) => false
          fits([2], {"items": {"enum": [1, 2, "x"]}}) => true
          fits([3], {"items": {"enum": [1, 2, "x"]}}) => false
          fits(["2024-02-29"], {"items": {"format": "date"}}) => true
          fits(["2023-02-29"], {"items": {"format": "date"}}) => false
          fits(["12:30:00Z"], {"items": {"format": "time"}}) => true
          fits(["10.0.0.1"], {"items": {"format": "ipv4"}}) => true
          fits(["10.0.0.256"], {"items": {"format": "ipv4"}}) => false
          fits(["::ffff:10.0.0.1"], {"items": {"format": "ipv6"}}) => true
          fits(["::g"], {"items": {"format": "ipv6"}}) => false
          fits(["anything"], {"items": {"format": "nobody-knows"}}) => true
          """)
  void scalars(ExpressionTable.Line line) {
    line.check();
  }

  @Expressions(
      rules = RULES,
      value =
          """
          fits([1], {"items": {"allOf": [{"minimum": 0}, {"maximum": 2}]}}) => true
          fits([3], {"items": {"allOf": [{"minimum": 0}, {"maximum": 2}]}}) => false
          fits([3], {"items": {"anyOf": [{"minimum": 3}, {"type": "string"}]}}) => true
          fits([1], {"items": {"anyOf": [{"minimum": 3}, {"type": "string"}]}}) => false
          fits([1], {"items": {"oneOf": [{"minimum": 0}, {"maximum": 2}]}}) => false
          fits([3], {"items": {"oneOf": [{"minimum": 0}, {"maximum": 2}]}}) => true
          fits(["a"], {"items": {"oneOf": [{"type": "number"}, {"type": "null"}]}}) => false
          fits([1], {"items": {"not": {"type": "string"}}}) => true
          fits(["a"], {"items": {"not": {"type": "string"}}}) => false
          fits([5], {"items": {"if": {"minimum": 3}, "then": {"multipleOf": 5}}}) => true
          fits([4], {"items": {"if": {"minimum": 3}, "then": {"multipleOf": 5}}}) => false
          fits([2], {"items": {"if": {"minimum": 3}, "else": {"multipleOf": 2}}}) => true
          fits([1], {"items": {"if": {"minimum": 3}, "else": {"multipleOf": 2}}}) => false
          fits([1], {"definitions": {"n": {"type": "number"}}, "items": {"$ref": "#/definitions/n"}}) => true
          fits(["a"], {"definitions": {"n": {"type": "number"}}, "items": {"$ref": "#/definitions/n"}}) => false
          fits({"a": {"a": {"a": 1}}}, {"properties": {"a": {"$ref": "#"}}, "additionalProperties": false}) => true
          fits({"a": {"b": 1}}, {"properties": {"a": {"$ref": "#"}}, "additionalProperties": false}) => false
          json.match_schema({"a": 1}, `{"required": ["a"]}`)[0] => true
          json.match_schema(`{"b": 1}`, {"required": ["a"]})[0] => false
          json.match_schema(input.s, {}) => builtin error: json.match_schema: ...
          json.match_schema({}, input.s) => builtin error: json.match_schema: ...
          """)
  void combinations(ExpressionTable.Line line) {
    line.check();
  }

  @Expressions(
      rules = RULES,
      value =
          """
          good({}) => true
          good({"type": "object", "properties": {"a": {"type": ["string", "null"]}}}) => true
          good(`{"type": "array", "items": {}}`) => true
          good({"type": "nothing"}) => false
          good({"type": 1}) => false
          good({"properties": 1}) => false
          good({"required": "a"}) => false
          good({"required": ["a", "a"]}) => false
          good({"minLength": -1}) => false
          good({"minLength": "1"}) => false
          good({"minLength": 3, "maxLength": 2}) => false
          good({"minProperties": 3, "maxProperties": 2}) => false
          good({"multipleOf": 0}) => false
          good({"pattern": "("}) => false
          good({"patternProperties": {"(": {}}}) => false
          good({"items": 5}) => false
          good({"uniqueItems": 1}) => false
          good({"additionalProperties": 1}) => false
          good({"allOf": {}}) => false
          good({"not": 1}) => false
          good({"enum": [1, 1]}) => false
          good({"definitions": 1}) => false
          good({"dependencies": {"a": 1}}) => false
          good({"$ref": "#/definitions/none"}) => false
          good({"properties": {"a": {"type": "nothing"}}}) => false
          good(input.s) => false
          """)
  void schemas_that_mean_nothing(ExpressionTable.Line line) {
    line.check();
  }
}
