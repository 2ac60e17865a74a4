package app.intentgate.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.intentgate.IntentGate;
import app.intentgate.audit.AuditEvent;
import app.intentgate.audit.AuditPhase;
import app.intentgate.audit.AuditQuery;
import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonReader;
import app.intentgate.json.JsonValue;
import app.intentgate.policy.RegoPolicyEngine;
import app.intentgate.token.Grant;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What tools of this program may give, and what becomes of it. */
@Timeout(60)
class LocalToolsTest {
  private static final String ALLOW =
      "package intentgate.policy\n\ndecision := {\"allow\": true, \"reason\": \"\"}\n";

  private final IntentGate gate =
      IntentGate.builder().policy(RegoPolicyEngine.compile("p.rego", ALLOW, "test")).build();

  @AfterEach
  void close() {
    gate.close();
  }

  private LocalGate with(ToolHandler handler) {
    return LocalGate.over(gate)
        .token(gate.mint(Grant.to("agent")))
        .tool("read_it", handler)
        .build();
  }

  static Stream<Arguments> values() {
    Map<String, Object> withNull = new HashMap<>();
    withNull.put("a", null);
    return Stream.of(
        Arguments.of("a text", "a text", null),
        Arguments.of("", "", null),
        Arguments.of(new StringBuilder("built"), "built", null),
        Arguments.of(12, "12", null),
        Arguments.of(1.5, "1.5", null),
        Arguments.of(true, "true", null),
        Arguments.of(List.of(1, "b"), "[1,\"b\"]", null),
        Arguments.of(withNull, "{\"a\":null}", "{\"a\":null}"),
        Arguments.of(JsonReader.parse("{\"n\":1.10}"), "{\"n\":1.10}", "{\"n\":1.10}"),
        Arguments.of(JsonValue.of("json text"), "json text", null),
        Arguments.of(JsonValue.ofNull(), "null", null));
  }

  @ParameterizedTest
  @MethodSource("values")
  void a_value_becomes_a_text_and_an_object_structured_content_too(
      Object given, String text, String structured) {
    ToolResult result = with(arguments -> given).call("read_it", Map.of());

    assertThat(result.text()).isEqualTo(text);
    assertThat(result.structured() == null ? null : result.structured().toString())
        .isEqualTo(structured);
    assertThat(result.isError()).isFalse();
    assertThat(result.callId()).isNotEmpty();
  }

  @Test
  void a_result_of_the_tools_own_is_handed_on_as_it_is() {
    ToolResult own =
        ToolResult.of(JsonReader.parse("{\"content\":[],\"isError\":true}"), "its own id");

    assertThat(with(arguments -> own).call("read_it", Map.of())).isSameAs(own);
  }

  static Stream<Object> without_a_form() {
    return Stream.of(
        Double.NaN, Float.POSITIVE_INFINITY, Instant.EPOCH, Map.of(1, "a"), new byte[] {1});
  }

  @ParameterizedTest
  @MethodSource("without_a_form")
  void a_value_without_a_json_form_is_a_failure_of_a_tool_that_has_run(Object given) {
    LocalGate client = with(arguments -> given);

    assertThatThrownBy(() -> client.call("read_it", Map.of()))
        .isInstanceOfSatisfying(
            UpstreamFailed.class,
            e -> {
              assertThat(e.mayHaveRun()).isTrue();
              assertThat(e).hasCauseInstanceOf(IllegalArgumentException.class);
            });
    assertThat(phases()).containsExactly(AuditPhase.DECISION, AuditPhase.OUTCOME);
  }

  private List<AuditPhase> phases() {
    return gate
        .audit()
        .query(AuditQuery.builder().oldestFirst().tool("read_it").build())
        .events()
        .stream()
        .map(stored -> stored.event())
        .map(AuditEvent::phase)
        .toList();
  }

  @Test
  void a_tool_gets_the_very_arguments_that_were_judged() {
    JsonObject arguments =
        (JsonObject) JsonReader.parse("{\"big\":12345678901234567890,\"f\":1.10,\"ü\":[null]}");
    List<JsonObject> got = new java.util.ArrayList<>();

    with(given -> {
          got.add(given);
          return null;
        })
        .call("read_it", arguments, CallOptions.none());

    assertThat(got).containsExactly(arguments);
    assertThat(got.get(0)).hasToString(arguments.toString());
  }

  @Test
  void tools_added_after_a_client_was_built_are_not_its_tools() {
    LocalGateBuilder builder = LocalGate.over(gate).token(gate.mint(Grant.to("agent")));
    LocalGate before = builder.tool("a", arguments -> 1).build();
    LocalGate after = builder.tool("b", arguments -> 2).tool("a", arguments -> 3).build();

    assertThat(before.tools()).extracting(ToolDescription::name).containsExactly("a");
    assertThat(after.tools()).extracting(ToolDescription::name).containsExactly("a", "b");
    assertThat(before.call("a", Map.of()).text()).isEqualTo("1");
    assertThat(after.call("a", Map.of()).text()).isEqualTo("3");
  }

  @Test
  void closing_the_client_leaves_the_gate_to_its_owner() {
    LocalGate client = with(arguments -> "fine");

    client.close();

    assertThat(client.call("read_it", Map.of()).text()).isEqualTo("fine");
  }

  @Test
  void the_token_is_that_of_the_user_who_is_named() {
    Map<String, String> agents = Map.of("alice", "agent-of-alice", "bob", "agent-of-bob");
    LocalGate client =
        LocalGate.over(gate)
            .token(request -> gate.mint(Grant.to(agents.get(request.user()))))
            .tool("read_it", arguments -> "")
            .build();

    client.call("read_it", Map.of(), CallOptions.none().user("bob"));
    client.call("read_it", Map.of(), CallOptions.none().user("alice"));

    assertThat(
            gate
                .audit()
                .query(AuditQuery.builder().oldestFirst().tool("read_it").build())
                .events()
                .stream()
                .map(stored -> stored.event().agentId())
                .distinct())
        .containsExactly("agent-of-bob", "agent-of-alice");
  }
}
