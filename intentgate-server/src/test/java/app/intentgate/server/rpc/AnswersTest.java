package app.intentgate.server.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.json.JsonNull;
import app.intentgate.json.JsonReader;
import app.intentgate.json.JsonString;
import app.intentgate.json.JsonValue;
import app.intentgate.server.upstream.UpstreamResult;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Answers as they are written, and what of a tool server's is told to whom. */
class AnswersTest {
  private static final RequestId ID = RequestId.of(JsonString.of("i"));

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8).replace('"', '\'');
  }

  private static JsonValue json(String text) {
    return JsonReader.parse(text.replace('\'', '"'));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'b':1,'a':2} | {'_intentgate':OURS,'a':2,'b':1}",
        "{'Z':1,'z':2} | {'Z':1,'_intentgate':OURS,'z':2}",
        "{'_intentgate':{'decision':'block'},'a':1} | {'_intentgate':OURS,'a':1}",
        "{'_intentgate2':1,'_inten':2} | {'_inten':2,'_intentgate':OURS,'_intentgate2':1}",
        "{} | {'_intentgate':OURS}",
        "{'A':{'b':1,'a':2}} | {'A':{'b':1,'a':2},'_intentgate':OURS}",
        "[1] | [1]",
        "'x' | 'x'",
        "null | null"
      })
  void aForwardedResultSaysWhatTheGateDecidedAndNobodyElseCan(String result, String written) {
    assertThat(text(RpcAnswer.forwarded(ID, json(result), 7)))
        .isEqualTo(
            "{'jsonrpc':'2.0','id':'i','result':"
                + written.replace(
                    "OURS", "{'decision':'allow','reason':'forwarded','latency_ms':7}")
                + "}\n");
  }

  @Test
  void whatHtmlWouldTakeForItsOwnIsEscaped() {
    assertThat(text(RpcAnswer.result(ID, json("{'a':'<b>&\u2028'}"))))
        .contains("\\u003cb\\u003e\\u0026\\u2028");
    assertThat(text(RpcAnswer.error(RequestId.NONE, -1, "<", "&")))
        .isEqualTo(
            "{'jsonrpc':'2.0','id':null,'error':{'code':-1,'message':'\\u003c','data':'\\u0026'}}\n");
  }

  static Stream<Arguments> results() {
    JsonValue error = json("{'code':-5,'message':'m'}");
    return Stream.of(
        Arguments.of(
            new UpstreamResult.RpcError(200, 1, error), "{'code':-5,'message':'m'}", -5, null),
        Arguments.of(
            new UpstreamResult.Unusable(200, 9, "the answer is no JSON-RPC response"),
            "{'code':-32603,'message':'upstream returned non-JSON-RPC body',"
                + "'data':'the answer is no JSON-RPC response'}",
            -32603,
            "upstream returned non-JSON-RPC body"),
        Arguments.of(
            new UpstreamResult.HttpError(502, true),
            failure("upstream upstream_http", "upstream HTTP 502", 502),
            -32603,
            "upstream upstream_http"),
        Arguments.of(
            new UpstreamResult.TooLarge(200),
            failure(
                "upstream response too large",
                "the upstream's answer exceeds the limit of this gate",
                200),
            -32603,
            "upstream response too large"),
        Arguments.of(
            new UpstreamResult.TimedOut(0),
            failure("upstream timeout", "upstream timeout: no complete answer in time", 0),
            -32603,
            "upstream timeout"),
        Arguments.of(
            new UpstreamResult.Broken(0),
            failure(
                "upstream transport",
                "upstream transport error: the connection could not be made or broke",
                0),
            -32603,
            "upstream transport"));
  }

  private static String failure(String message, String detail, int status) {
    return "{'code':-32603,'message':'"
        + message
        + "','data':{'detail':'"
        + detail
        + "','upstream_status':"
        + status
        + "}}";
  }

  @ParameterizedTest
  @MethodSource("results")
  void aFailureIsToldByItsKindAndRecordedByTheSame(
      UpstreamResult result, String error, int code, String reason) {
    assertThat(text(Relayed.failure(ID, result)))
        .isEqualTo("{'jsonrpc':'2.0','id':'i','error':" + error + "}\n");
    assertThat(Outcomes.of(result, false).errorCode()).isEqualTo(code);
    assertThat(Outcomes.of(result, false).toString())
        .contains(String.valueOf(reason))
        .contains(String.valueOf(result.status()));
  }

  @ParameterizedTest
  @CsvSource({
    "-32601,-32601",
    "7.0,7",
    "2147483647,2147483647",
    "2147483648,0",
    "-2147483648,0",
    "1e40,0"
  })
  void aCodeThatIsNoneOfOursIsRecordedWhereItFits(String code, int recorded) {
    UpstreamResult result =
        new UpstreamResult.RpcError(200, 1, json("{'code':" + code + ",'message':'m'}"));
    assertThat(Outcomes.of(result, false).errorCode()).isEqualTo(recorded);
  }

  @Test
  void anEmptyAnswerToANotificationIsAsItShouldBeAndToARequestIsNone() {
    UpstreamResult accepted = new UpstreamResult.Unusable(202, 0, "x");
    assertThat(Outcomes.of(accepted, true).errorCode()).isZero();
    assertThat(Outcomes.of(accepted, false).errorCode()).isEqualTo(-32603);
    assertThat(Outcomes.of(new UpstreamResult.Result(200, 5, JsonNull.NULL), false).errorCode())
        .isZero();
    assertThat(Outcomes.of(new UpstreamResult.Broken(0), true).errorCode()).isEqualTo(-32603);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'result':1} | true",
        "{'error':{}} | true",
        "{'result':null} | true",
        "{'id':1,'result':1,'error':{}} | true",
        "{'method':'x','result':1} | false",
        "{'method':null,'result':1} | false",
        "{'id':1} | false",
        "[] | false",
        "7 | false"
      })
  void aBodyIsAResponseWhereItHasAResultOrAnErrorAndAsksForNothing(String body, boolean response) {
    assertThat(ClientAnswers.isResponse(json(body))).isEqualTo(response);
  }

  @ParameterizedTest
  @CsvSource({
    "2025-06-18,2025-06-18", "2024-11-05,2024-11-05", "2025-11-25,2025-11-25",
    "2026-07-28,2025-11-25", "2099-01-01,2025-11-25", "'',2025-11-25"
  })
  void aGateWithoutAServerAgreesToAVersionItKnowsElseToItsNewest(String asked, String agreed) {
    JsonValue answer =
        new OwnAnswers("9.9")
            .of(
                new RpcRequest(
                    JsonString.of("i"), "initialize", json("{'protocolVersion':'" + asked + "'}")),
                false);
    assertThat(String.valueOf(answer))
        .contains("\"protocolVersion\":\"" + agreed + "\"")
        .contains("{\"name\":\"intentgate\",\"version\":\"9.9\"}");
  }
}
