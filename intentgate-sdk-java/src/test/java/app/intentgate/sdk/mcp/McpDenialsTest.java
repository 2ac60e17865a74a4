package app.intentgate.sdk.mcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.intentgate.sdk.ApprovalPending;
import app.intentgate.sdk.BudgetDenied;
import app.intentgate.sdk.IntentGateException;
import app.intentgate.sdk.PolicyDenied;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Refusals in what the MCP SDK returns. */
class McpDenialsTest {
  private static final String DENIAL = "app.intentgate/denial";

  private static CallToolResult result(boolean error, Map<String, Object> meta, String... texts) {
    return CallToolResult.builder().textContent(List.of(texts)).isError(error).meta(meta).build();
  }

  @Test
  void a_refusal_is_the_exception_of_its_kind_with_all_it_says() {
    CallToolResult refused =
        result(
            true,
            Map.of(
                DENIAL,
                Map.of("code", -32013, "check", "budget", "reason", "50 calls", "call_id", "c1")),
            "This call was refused.");

    IntentGateException e = McpDenials.of(refused).orElseThrow();

    assertThat(e).isInstanceOf(BudgetDenied.class);
    assertThat(e.code()).isEqualTo(-32013);
    assertThat(e.reason()).isEqualTo("50 calls");
    assertThat(e.callId()).isEqualTo("c1");
    assertThatThrownBy(() -> McpDenials.orThrow(refused)).isInstanceOf(BudgetDenied.class);
  }

  @Test
  void a_call_that_waits_can_be_resumed_by_its_id() {
    CallToolResult waits =
        result(
            true,
            Map.of(DENIAL, Map.of("code", -32019, "check", "policy", "pending_id", "p7")),
            "It waits.");

    assertThat(McpDenials.of(waits))
        .containsInstanceOf(ApprovalPending.class)
        .get()
        .extracting(e -> ((ApprovalPending) e).pendingId())
        .isEqualTo("p7");
  }

  @Test
  void a_refusal_without_a_reason_is_told_in_its_texts_a_line_each() {
    CallToolResult refused =
        result(true, Map.of(DENIAL, Map.of("code", -32012)), "one line", "another");

    assertThat(McpDenials.of(refused).orElseThrow())
        .isInstanceOf(PolicyDenied.class)
        .extracting(IntentGateException::reason)
        .isEqualTo("one line\nanother");
  }

  @Test
  void what_is_no_refusal_is_given_back_as_it_is() {
    List<CallToolResult> results =
        List.of(
            result(false, Map.of(DENIAL, Map.of("code", -32013)), "not an error"),
            result(true, Map.of(), "the tool's own error"),
            result(true, Map.of(DENIAL, "a text"), "no object"),
            result(true, Map.of("other/denial", Map.of("code", -32013)), "another's mark"),
            CallToolResult.builder().textContent(List.of("no meta")).build());

    for (CallToolResult result : results) {
      assertThat(McpDenials.of(result)).isEmpty();
      assertThat(McpDenials.orThrow(result)).isSameAs(result);
    }
  }
}
