package app.intentgate.check.run;

import static app.intentgate.check.run.Callers.call;
import static app.intentgate.check.run.Callers.grant;
import static app.intentgate.check.run.Callers.holding;
import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.ToolCall;
import app.intentgate.check.Caller;
import app.intentgate.intent.Intent;
import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonReader;
import app.intentgate.token.OnBehalfOf;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a policy sees of a call: what is empty is not there. */
class PolicyInputsTest {
  private static final Optional<Intent> NO_INTENT = Optional.empty();

  private static String input(ToolCall call, Caller caller, Optional<Intent> intent) {
    return PolicyInputs.of(call, caller, intent).toString();
  }

  @Test
  void a_bare_call_of_nobody_known_is_its_tool() {
    ToolCall bare = call("read").session("");
    assertThat(input(bare, Caller.ANONYMOUS, NO_INTENT)).isEqualTo("{\"tool\":\"read\"}");
    assertThat(input(ToolCall.of("read", JsonObject.EMPTY), Caller.ANONYMOUS, NO_INTENT))
        .isEqualTo("{\"tool\":\"read\"}");
  }

  @Test
  void arguments_and_session_are_as_the_agent_sent_them_B3() {
    ToolCall call =
        ToolCall.of("pay", (JsonObject) JsonReader.parse("{\"n\":1.10,\"z\":{}}")).session("s");
    assertThat(input(call, Caller.ANONYMOUS, NO_INTENT))
        .isEqualTo("{\"tool\":\"pay\",\"args\":{\"n\":1.10,\"z\":{}},\"session_id\":\"s\"}");
  }

  @Test
  void a_known_caller_is_described_by_its_token() {
    assertThat(input(call("read"), holding(grant().zone("finance")), NO_INTENT))
        .isEqualTo(
            "{\"tool\":\"read\",\"agent_id\":\"bot\","
                + "\"capability\":{\"subject\":\"bot\",\"tenant\":\"acme\",\"zone\":\"finance\"}}");
    assertThat(input(call("read"), holding(grant().stepUp()), NO_INTENT))
        .contains("\"step_up_at\":" + Callers.NOW.getEpochSecond());
  }

  @Test
  void an_intent_shows_what_it_says_and_no_more() {
    Intent full = Intent.of("look", List.of("read", "list"), List.of("pay"), 0.75);
    assertThat(input(call("read"), Caller.ANONYMOUS, Optional.of(full)))
        .isEqualTo(
            "{\"tool\":\"read\",\"intent\":{\"summary\":\"look\","
                + "\"allowed_tools\":[\"read\",\"list\"],\"forbidden_tools\":[\"pay\"],"
                + "\"confidence\":0.75}}");
    Intent empty = Intent.of("", List.of(), List.of(), 0);
    assertThat(input(call("read"), Caller.ANONYMOUS, Optional.of(empty)))
        .isEqualTo("{\"tool\":\"read\",\"intent\":{}}");
  }

  @Test
  void the_person_an_agent_acts_for_is_there_with_what_is_known_of_them() {
    Caller caller =
        holding(grant()).actingFor(new OnBehalfOf.Principal("bot", "maria", Map.of("team", "ap")));
    assertThat(input(call("read"), caller, NO_INTENT))
        .endsWith(",\"user\":{\"subject\":\"maria\",\"attrs\":{\"team\":\"ap\"}}}");
    Caller nameless = holding(grant()).actingFor(new OnBehalfOf.Principal("bot", "", Map.of()));
    assertThat(input(call("read"), nameless, NO_INTENT)).endsWith(",\"user\":{}}");
  }
}
