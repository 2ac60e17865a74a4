package app.intentgate.server.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.json.JsonNumber;
import app.intentgate.json.JsonReader;
import app.intentgate.json.JsonString;
import app.intentgate.json.JsonValue;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a tool server's complete body says, whatever it is (B4, B5). */
class AnswerReaderTest {
  private static byte[] bytes(String text) {
    return text.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
  }

  private static JsonValue json(String text) {
    return JsonReader.parse(bytes(text));
  }

  private static UpstreamResult read(int status, String body) {
    return AnswerReader.read(status, bytes(body));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'result':{'a':1}} | {'a':1}",
        "{'jsonrpc':'2.0','id':1,'result':'x'} | 'x'",
        "{'result':null} | null",
        "{'result':false} | false",
        "{'result':1.50} | 1.50",
        "{'result':1,'error':null} | 1",
        "{'id':'of somebody else','jsonrpc':'1.0','result':[]} | []"
      })
  void a_result_is_taken_whatever_id_and_version_stand_beside_it(String body, String result) {
    assertThat(read(200, body))
        .isEqualTo(new UpstreamResult.Result(200, bytes(body).length, json(result)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'error':{'code':-5,'message':'m'}} | {'code':-5,'message':'m'}",
        "{'error':{'message':'m','code':-5}} | {'code':-5,'message':'m'}",
        "{'error':{'code':-5,'message':'','data':null}} | {'code':-5,'message':'','data':null}",
        "{'error':{'code':-5,'message':'m','data':{'x':[1]}}}"
            + " | {'code':-5,'message':'m','data':{'x':[1]}}",
        "{'error':{'code':-5,'message':'m','stack':'at x','cause':{}}} | {'code':-5,'message':'m'}"
      })
  void of_an_error_its_code_message_and_data_go_on_and_nothing_else(String body, String error) {
    assertThat(read(200, body))
        .isEqualTo(new UpstreamResult.RpcError(200, bytes(body).length, json(error)));
    assertThat(((UpstreamResult.RpcError) read(200, body)).error().toString())
        .as("in this order")
        .isEqualTo(json(error).toString());
  }

  @Test
  void an_error_beside_a_result_counts() {
    assertThat(read(200, "{'result':{},'error':{'code':1,'message':'no'}}"))
        .isInstanceOf(UpstreamResult.RpcError.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "[] | the answer is no JSON-RPC response",
        "[{'result':1}] | the answer is no JSON-RPC response",
        "'x' | the answer is no JSON-RPC response",
        "null | the answer is no JSON-RPC response",
        "{} | the answer has neither a result nor an error",
        "{'error':null} | the answer has neither a result nor an error",
        "{'method':'ping','id':1} | the answer has neither a result nor an error",
        "{'Result':1} | the answer has neither a result nor an error",
        "{'error':{}} | the answer's error is no JSON-RPC error",
        "{'error':'no'} | the answer's error is no JSON-RPC error",
        "{'error':[]} | the answer's error is no JSON-RPC error",
        "{'error':{'code':'-5','message':'m'}} | the answer's error is no JSON-RPC error",
        "{'error':{'code':1.5,'message':'m'}} | the answer's error is no JSON-RPC error",
        "{'error':{'code':1,'message':null}} | the answer's error is no JSON-RPC error",
        "{'error':{'code':1},'result':1} | the answer's error is no JSON-RPC error"
      })
  void what_is_json_but_no_response_is_unusable_and_says_why(String body, String problem) {
    assertThat(read(200, body))
        .isEqualTo(new UpstreamResult.Unusable(200, bytes(body).length, problem));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", " ", "<html>", "{'result':1", "{'result':1}{'result':2}", "{'a':1,'a':2}"})
  void what_is_no_json_is_unusable_and_none_of_its_text_is_told(String body) {
    UpstreamResult.Unusable found = (UpstreamResult.Unusable) read(200, body);

    assertThat(found.problem())
        .startsWith("the answer is not JSON: ")
        .contains("line 1, column ")
        .doesNotContain("html");
    assertThat(found.bytes()).isEqualTo(bytes(body).length);
    assertThat(found.outcome()).isEqualTo("success");
  }

  @Test
  void a_member_that_comes_twice_is_never_chosen_from() {
    assertThat(read(200, "{'result':{'ok':true},'result':{'ok':false}}"))
        .isInstanceOf(UpstreamResult.Unusable.class);
    assertThat(read(200, "{'result':{'\\u0061':1,'a':2}}"))
        .as("in another spelling")
        .isInstanceOf(UpstreamResult.Unusable.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "200 | {'result':1} | Result",
        "299 | {'result':1} | Result",
        "300 | {'result':1} | Unusable",
        "307 | {'result':1} | Unusable",
        "399 | {'error':{'code':1,'message':'m'}} | RpcError",
        "400 | {'result':1} | HttpError",
        "404 | {'error':{'code':1,'message':'m'}} | RpcError",
        "499 | {'error':{'code':1,'message':'m'}} | RpcError",
        "500 | {'error':{'code':1,'message':'m'}} | HttpError",
        "503 | {'result':1} | HttpError",
        "404 | {'error':'no'} | HttpError",
        "404 | not found | HttpError",
        "302 | <a href='http://10.0.0.1/'> | Unusable"
      })
  void the_status_says_whether_a_body_may_be_a_result(int status, String body, String kind) {
    UpstreamResult found = read(status, body);

    assertThat(found.getClass().getSimpleName()).isEqualTo(kind);
    assertThat(found.status()).isEqualTo(status);
    assertThat(found.outcome()).isEqualTo(status >= 400 ? "upstream_http" : "success");
    assertThat(found.toString()).doesNotContain("10.0.0.1");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "400 | Missing session ID | true",
        "400 | Server NOT INITIALIZED | true",
        "400 | {'error':{'code':-32000,'message':'No valid Session'}} | true",
        "400 | {'error':{'code':-32000,'message':'bad','data':'session'}} | true",
        "400 | {'error':{'code':-32602,'message':'bad arguments'}} | false",
        "400 | bad request | false",
        "400 | `` | false",
        "404 | Missing session ID | false",
        "500 | Missing session ID | false",
        "200 | {'error':{'code':-32000,'message':'No valid session'}} | false"
      })
  void a_session_is_wanted_by_a_status_of_400_that_speaks_of_one(
      int status, String body, boolean wants) {
    assertThat(read(status, body).wantsSession()).isEqualTo(wants);
  }

  @Test
  void no_more_than_the_beginning_of_a_page_is_searched_for_that() {
    assertThat(read(400, "x".repeat(1_992) + " session").wantsSession()).isTrue();
    assertThat(read(400, "x".repeat(1_993) + " session").wantsSession()).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'jsonrpc':'2.0','id':7,'result':1} | true",
        "{'result':1,'id':7,'jsonrpc':'2.0'} | true",
        "{'jsonrpc':'2.0','id':8,'result':1} | false",
        "{'jsonrpc':'2.0','id':'7','result':1} | false",
        "{'jsonrpc':'2.0','id':null,'result':1} | false",
        "{'jsonrpc':'2.0','result':1} | false",
        "{'jsonrpc':'1.0','id':7,'result':1} | false",
        "{'jsonrpc':2.0,'id':7,'result':1} | false",
        "{'id':7,'result':1} | false",
        "[{'jsonrpc':'2.0','id':7,'result':1}] | false",
        "{'jsonrpc':'2.0','id':7 | false"
      })
  void only_a_response_of_that_very_id_may_be_handed_on_as_it_is(String body, boolean may) {
    assertThat(AnswerReader.answer(200, bytes(body)).isFor(JsonNumber.of(7))).isEqualTo(may);
  }

  @Test
  void an_id_is_compared_as_the_text_it_stands_for() {
    assertThat(
            AnswerReader.answer(200, bytes("{'jsonrpc':'2.0','id':'\\u0061','result':1}"))
                .isFor(JsonString.of("a")))
        .isTrue();
  }

  @ParameterizedTest
  @CsvSource({"1000,true", "100000,false"})
  void nesting_is_bounded(int levels, boolean deepest) {
    String body = "{'result':" + "[".repeat(levels) + "]".repeat(levels) + "}";

    boolean taken = read(200, body) instanceof UpstreamResult.Result;

    assertThat(taken && !deepest).as("never beyond any limit").isFalse();
    assertThat(read(200, "{'result':" + "[".repeat(50) + "]".repeat(50) + "}"))
        .isInstanceOf(UpstreamResult.Result.class);
  }
}
