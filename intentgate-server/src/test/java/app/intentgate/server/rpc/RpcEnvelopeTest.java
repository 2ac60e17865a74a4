package app.intentgate.server.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import app.intentgate.json.JsonNumber;
import app.intentgate.json.JsonReader;
import app.intentgate.json.JsonValue;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is no request, and what is no call: which error, about which id. */
class RpcEnvelopeTest {
  private static JsonValue json(String text) {
    return JsonReader.parse(text.replace('\'', '"'));
  }

  private static RpcProblem refused(String body) {
    RpcProblem problem = catchThrowableOfType(RpcProblem.class, () -> RpcRequest.of(json(body)));
    assertThat(problem).as(body).isNotNull();
    return problem;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "null | -32600 | \"jsonrpc\" field must be \"2.0\"",
        "[] | -32700 | invalid JSON",
        "[{'jsonrpc':'2.0','id':7,'method':'ping'}] | -32700 | invalid JSON",
        "7 | -32700 | invalid JSON",
        "'ping' | -32700 | invalid JSON",
        "true | -32700 | invalid JSON"
      })
  void what_is_no_object_has_no_id_and_a_batch_is_not_taken_apart(
      String body, int code, String text) {
    RpcProblem problem = refused(body);

    assertThat(problem.code()).isEqualTo(code);
    assertThat(problem.text()).isEqualTo(text);
    assertThat(problem.id()).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'id':7} | \"jsonrpc\" field must be \"2.0\"",
        "{'id':7,'method':'m'} | \"jsonrpc\" field must be \"2.0\"",
        "{'id':7,'jsonrpc':null,'method':'m'} | \"jsonrpc\" field must be \"2.0\"",
        "{'id':7,'jsonrpc':2.0,'method':'m'} | \"jsonrpc\" field must be \"2.0\"",
        "{'id':7,'jsonrpc':'2','method':'m'} | \"jsonrpc\" field must be \"2.0\"",
        "{'id':7,'jsonrpc':'2.0 ','method':'m'} | \"jsonrpc\" field must be \"2.0\"",
        "{'id':7,'jsonrpc':'1.0'} | \"jsonrpc\" field must be \"2.0\"",
        "{'id':7,'jsonrpc':'2.0'} | \"method\" field is required",
        "{'id':7,'jsonrpc':'2.0','method':null} | \"method\" field is required",
        "{'id':7,'jsonrpc':'2.0','method':''} | \"method\" field is required",
        "{'id':7,'jsonrpc':'2.0','result':{}} | \"method\" field is required",
        "{'id':7,'jsonrpc':'2.0','method':1} | \"method\" field must be a string",
        "{'id':7,'jsonrpc':'2.0','method':['m']} | \"method\" field must be a string",
        "{'id':7,'jsonrpc':'2.0','method':'m','Method':'n'} | invalid member name",
        "{'id':7,'jsonrpc':'2.0','method':'m','Params':{}} | invalid member name",
        "{'id':7,'jsonrpc':'2.0','method':'m','params':{'NAME':'x'}} | invalid member name"
      })
  void each_rule_that_a_request_breaks_has_its_own_text_and_its_id(String body, String text) {
    RpcProblem problem = refused(body);

    assertThat(problem.code()).isEqualTo(-32600);
    assertThat(problem.text()).isEqualTo(text);
    assertThat(problem.id()).isEqualTo(JsonNumber.of(7));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'params':{'b':1,'a':2},'method':'m','id':'x','jsonrpc':'2.0'}"
            + " | {'jsonrpc':'2.0','id':'x','method':'m','params':{'b':1,'a':2}}",
        "{'jsonrpc':'2.0','method':'m'} | {'jsonrpc':'2.0','method':'m'}",
        "{'jsonrpc':'2.0','id':null,'method':'m'} | {'jsonrpc':'2.0','id':null,'method':'m'}",
        "{'jsonrpc':'2.0','id':1.50,'method':'m','extra':1,'result':{}}"
            + " | {'jsonrpc':'2.0','id':1.50,'method':'m'}",
        "{'jsonrpc':'2.0','id':1,'method':'m','params':null}"
            + " | {'jsonrpc':'2.0','id':1,'method':'m','params':null}",
        "{'jsonrpc':'2.0','id':1,'method':'m','params':[1]}"
            + " | {'jsonrpc':'2.0','id':1,'method':'m','params':[1]}"
      })
  void what_goes_on_is_what_was_read_in_one_order_and_nothing_beside_it(
      String body, String forwarded) {
    String written = new String(RpcRequest.of(json(body)).toBytes(), StandardCharsets.UTF_8);

    assertThat(written.replace('"', '\'')).isEqualTo(forwarded);
    assertThat(RpcRequest.of(JsonReader.parse(written))).isEqualTo(RpcRequest.of(json(body)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "[] | params are no object",
        "'read' | params are no object",
        "false | params are no object",
        "{'name':1} | params.name is no string",
        "{'name':['a']} | params.name is no string",
        "{'name':'a','arguments':[]} | params.arguments is no object",
        "{'name':'a','arguments':'{}'} | params.arguments is no object",
        "{'name':'a','arguments':false} | params.arguments is no object"
      })
  void a_call_of_another_form_says_what_is_wrong_with_it(String params, String why) {
    RpcProblem problem = catchThrowableOfType(RpcProblem.class, () -> CallParams.of(json(params)));

    assertThat(problem.code()).isEqualTo(-32602);
    assertThat(problem.text()).isEqualTo("invalid tools/call params");
    assertThat(String.valueOf(problem.data())).isEqualTo("\"" + why + "\"");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"null", "{}", "{'name':null}", "{'name':''}", "{'name':'','arguments':1}"})
  void a_call_of_nothing_wants_a_name(String params) {
    RpcProblem problem = catchThrowableOfType(RpcProblem.class, () -> CallParams.of(json(params)));

    assertThat(problem.code()).isEqualTo(-32602);
    assertThat(problem.text()).isEqualTo("params.name is required");
  }

  @Test
  void arguments_and_what_stands_beside_them_may_be_missing() {
    CallParams bare = CallParams.of(json("{'name':' ','arguments':null,'_meta':[]}"));

    assertThat(bare).isEqualTo(new CallParams(" ", null, null));
    assertThat(CallParams.of(json("{'name':'a','arguments':{},'_meta':{'x':1}}")).toString())
        .contains("tool=a")
        .contains("{}")
        .contains("\"x\":1");
  }
}
