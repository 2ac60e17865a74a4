package app.intentgate.rego.builtin;

import static app.intentgate.rego.builtin.Calls.error;
import static app.intentgate.rego.builtin.Calls.set;
import static app.intentgate.rego.builtin.Calls.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import app.intentgate.json.JsonArray;
import app.intentgate.json.JsonReader;
import app.intentgate.json.JsonValue;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EncodingTest {
  private static String string(String name, Object... arguments) throws Exception {
    JsonValue v = Calls.call(name, arguments);
    return v == null ? "undefined" : String.valueOf(v.asText());
  }

  @Test
  void jsonIsWrittenAsGoWritesIt() throws Exception {
    assertThat(string("json.marshal", Map.of("<", set(2, 1)))).isEqualTo("{\"\\u003c\":[1,2]}");
    assertThat(string("json.marshal", Map.of(List.of(1), "a"))).isEqualTo("{\"[1]\":\"a\"}");
    assertThat(string("json.marshal", Map.of(2, 0, 10, 0))).isEqualTo("{\"10\":0,\"2\":0}");
    Map<String, Object> options = new TreeMap<>(Map.of("prefix", ">", "indent", "  "));
    assertThat(string("json.marshal_with_options", Map.of("a", List.of(1, Map.of())), options))
        .isEqualTo(">{\n>  \"a\": [\n>    1,\n>    {}\n>  ]\n>}");
    assertThat(error("json.marshal_with_options", 1, Map.of("nope", 1)))
        .isEqualTo("operand 2 object contained unknown key \"nope\"");
    assertThat(text("json.unmarshal", "{\"a\":1,\"a\":1e3}")).isEqualTo("{\"a\": 1e3}");
    assertThat(text("json.is_valid", "{")).isEqualTo("false");
  }

  @Test
  void whatIsNoJsonIsToldInGosWords() {
    assertThat(error("json.unmarshal", "")).isEqualTo("EOF");
    assertThat(error("json.unmarshal", "[1,")).isEqualTo("unexpected EOF");
    assertThat(error("json.unmarshal", "01"))
        .isEqualTo("error: invalid character '1' after top-level value");
    assertThat(error("json.unmarshal", "$x"))
        .isEqualTo("invalid character '$' looking for beginning of value");
    assertThat(error("json.unmarshal", "{\"a\" 1}"))
        .isEqualTo("invalid character '1' after object key");
    assertThat(error("json.unmarshal", "[tru1]"))
        .isEqualTo("invalid character '1' in literal true (expecting 'e')");
  }

  @Test
  void base64IsStrict() throws Exception {
    assertThat(string("base64.encode", "é?")).isEqualTo("w6k/");
    assertThat(string("base64url.encode", "é?>")).isEqualTo("w6k_Pg==");
    assertThat(string("base64url.encode_no_pad", "é?>")).isEqualTo("w6k_Pg");
    assertThat(string("base64url.decode", "w6k_Pg")).isEqualTo("é?>");
    assertThat(string("base64.decode", "w6k\n/")).isEqualTo("é?");
    assertThat(string("base64.decode", "")).isEmpty();
    assertThat(error("base64.decode", "%%")).isEqualTo("illegal base64 data at input byte 0");
    assertThat(error("base64.decode", "YQ")).isEqualTo("illegal base64 data at input byte 0");
    assertThat(error("base64.decode", "YQ=a")).isEqualTo("illegal base64 data at input byte 2");
    assertThat(text("base64.is_valid", "YQ==")).isEqualTo("true");
    assertThat(text("base64.is_valid", 1)).isEqualTo("false");
    assertThat(string("base64.decode", "/w==")).isEqualTo("\ufffd");
  }

  @Test
  void hexAndQueries() throws Exception {
    assertThat(string("hex.encode", "é")).isEqualTo("c3a9");
    assertThat(string("hex.decode", "C3a9")).isEqualTo("é");
    assertThat(error("hex.decode", "fghi")).isEqualTo("encoding/hex: invalid byte: U+0067 'g'");
    assertThat(error("hex.decode", "abc")).isEqualTo("encoding/hex: odd length hex string");
    assertThat(string("urlquery.encode", "a=b c~é")).isEqualTo("a%3Db+c~%C3%A9");
    assertThat(string("urlquery.decode", "a%3Db+c")).isEqualTo("a=b c");
    assertThat(error("urlquery.decode", "%zz")).isEqualTo("invalid URL escape \"%zz\"");
    assertThat(string("urlquery.encode_object", Map.of("a", List.of("b+1", "c"))))
        .isEqualTo("a=b%2B1&a=c");
    assertThat(text("urlquery.decode_object", "a=1&b&a=2&&c=%20"))
        .isEqualTo("{\"a\": [\"1\", \"2\"], \"b\": [\"\"], \"c\": [\" \"]}");
  }

  @Test
  void urisComeApart() throws Exception {
    assertThat(text("uri.parse", "HTTPS://u:p@ex.com:8080/a%2Fb?q=1#top"))
        .isEqualTo(
            "{\"fragment\": \"top\", \"hostname\": \"ex.com\", \"path\": \"/a/b\", \"port\":"
                + " \"8080\", \"raw_path\": \"/a%2Fb\", \"raw_query\": \"q=1\", \"scheme\":"
                + " \"https\"}");
    assertThat(text("uri.parse", "http://[::1]:80/p"))
        .isEqualTo(
            "{\"hostname\": \"::1\", \"path\": \"/p\", \"port\": \"80\", \"raw_path\": \"/p\","
                + " \"scheme\": \"http\"}");
    assertThat(error("uri.parse", "http://a:b/"))
        .isEqualTo("parse \"http://a:b/\": invalid port \":b\" after host");
    assertThat(error("uri.parse", ":x")).isEqualTo("parse \":x\": missing protocol scheme");
    assertThat(text("uri.is_valid", "http://[invalid")).isEqualTo("false");
    assertThat(text("uri.is_valid", "http://a b/")).isEqualTo("false");
    assertThat(text("uri.is_valid", "a b")).isEqualTo("true");
  }

  @Test
  void hashesAreHexadecimal() throws Exception {
    assertThat(string("crypto.md5", "")).isEqualTo("d41d8cd98f00b204e9800998ecf8427e");
    assertThat(string("crypto.hmac.sha1", "foo", "bar"))
        .isEqualTo("85d155c55ed286a300bd1cf124de08d87e914f3a");
    assertThat(string("crypto.hmac.md5", "", "")).isEqualTo("74e6f7298a9c2d168935f58c001bad88");
    assertThat(text("crypto.hmac.equal", "a", "b")).isEqualTo("false");
  }

  @Test
  void uuidsTellTheirTimeAndPlace() throws Exception {
    assertThat(text("uuid.parse", "urn:uuid:000003e8-48b9-21ee-b200-325096b39f47"))
        .isEqualTo(
            "{\"clocksequence\": 12800, \"domain\": \"Person\", \"id\": 1000, \"macvariables\":"
                + " \"local:unicast\", \"nodeid\": \"32-50-96-b3-9f-47\", \"time\":"
                + " 1693566990121469600, \"variant\": \"RFC4122\", \"version\": 2}");
    assertThat(text("uuid.parse", "x")).isEqualTo("undefined");
    assertThat(string("uuid.rfc4122", "k"))
        .matches("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");
  }

  @Test
  void printsEveryCombination() throws Exception {
    Calls context = new Calls();
    var print = StandardBuiltins.registry().function("internal.print");
    assertThat(print).isNotNull();
    print.call(context, new JsonValue[] {Calls.value(List.of(set("a", 1), set()))});
    assertThat(context.printed).containsExactly("1 <undefined>", "a <undefined>");
  }

  @Test
  void what_is_printed_of_many_values_is_no_more_than_some_lines() throws Exception {
    JsonValue many = set(IntStream.range(0, 200_000).boxed().toArray());
    Calls context = new Calls();
    assertTimeout(
        Duration.ofSeconds(3),
        () ->
            Objects.requireNonNull(StandardBuiltins.registry().function("internal.print"))
                .call(context, new JsonValue[] {JsonArray.of(many, many, many)}));
    assertThat(context.printed).hasSize(1_000).startsWith("0 0 0", "0 0 1");
  }

  @Test
  void yamlIsWrittenInBlocks() throws Exception {
    assertThat(string("yaml.marshal", json("{'b': [[], {'c': 'd: e', 'f': []}], 'k10': 'yes'}")))
        .isEqualTo("b:\n- []\n- c: 'd: e'\n  f: []\nk10: \"yes\"\n");
    assertThat(string("yaml.marshal", List.of("line\nbreak\n", "😀", "1e3", 1, List.of(2))))
        .isEqualTo("- |\n  line\n  break\n- \"\\U0001F600\"\n- \"1e3\"\n- 1\n- - 2\n");
    assertThat(string("yaml.marshal", json("{'k10': null, 'k9': 1e21}")))
        .isEqualTo("k9: 1e+21\nk10: null\n");
    assertThat(string("yaml.marshal", "word ".repeat(20).strip()))
        .isEqualTo("word ".repeat(17).strip() + "\n  word word word\n");
  }

  @Test
  void awsRequestsAreSigned() throws Exception {
    JsonValue config =
        json(
            "{'aws_access_key': 'MYAWSACCESSKEYGOESHERE', 'aws_secret_access_key':"
                + " 'MYAWSSECRETACCESSKEYGOESHERE', 'aws_service': 's3', 'aws_region':"
                + " 'us-east-1'}");
    JsonValue request =
        json("{'method': 'get', 'url': 'https://example.com', 'headers': {'foo': 'bar'}}");
    assertThat(text("providers.aws.sign_req", request, config, 1451311705000000000L))
        .contains(
            "AWS4-HMAC-SHA256 Credential=MYAWSACCESSKEYGOESHERE/20151228/us-east-1/s3/aws4_request,"
                + "SignedHeaders=foo;host;x-amz-content-sha256;x-amz-date,Signature="
                + "8f1dc7c9b9978356a0d0989fd26a95307f4f8a4aa264d8220647b7097d839952");
    assertThat(error("providers.aws.sign_req", json("{'x': 1}"), config, 1))
        .isEqualTo("operand 1 invalid request parameters(s): {\"x\"}");
    assertThat(error("providers.aws.sign_req", request, json("{}"), 1))
        .startsWith("operand 2 missing required AWS config parameters(s): {\"aws_access_key\",");
  }

  private static JsonValue json(String text) {
    return JsonReader.parse(text.replace('\'', '"'));
  }

  @Test
  void json_that_is_too_deep_is_an_error_and_takes_no_stack() {
    assertThat(error("json.unmarshal", "[".repeat(100_000))).isEqualTo("exceeded max depth");
    assertThat(error("json.unmarshal", "{\"a\":".repeat(100_000))).isEqualTo("exceeded max depth");
  }

  @Test
  void lines_of_yaml_are_charged_for_with_their_indentation() {
    Object value = "a ".repeat(20_000);
    for (int i = 0; i < 100; i++) {
      value = List.of(value);
    }
    Object nested = value;
    assertThatThrownBy(() -> Calls.within(1_000_000, "yaml.marshal", nested))
        .isInstanceOf(Calls.OverBudget.class);
  }
}
