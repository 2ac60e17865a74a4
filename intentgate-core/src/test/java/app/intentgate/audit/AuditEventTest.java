package app.intentgate.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonValue;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is set is what is there, under the member it belongs to and nowhere else. */
class AuditEventTest {
  private static final Instant AT = Instant.parse("2026-05-11T22:30:01.5Z");

  private static AuditEventBuilder bare() {
    return AuditEvent.builder().at(AT).decision(AuditDecision.ALLOW);
  }

  private static Arguments text(
      AuditField field,
      BiFunction<AuditEventBuilder, String, AuditEventBuilder> set,
      Function<AuditEvent, Object> get) {
    return member(field, "some text", set, get);
  }

  private static Arguments number(
      AuditField field,
      BiFunction<AuditEventBuilder, Long, AuditEventBuilder> set,
      Function<AuditEvent, Object> get) {
    return member(field, -7L, set, get);
  }

  private static <T> Arguments member(
      AuditField field,
      T value,
      BiFunction<AuditEventBuilder, T, AuditEventBuilder> set,
      Function<AuditEvent, Object> get) {
    return Arguments.of(field, value, set, get);
  }

  static Stream<Arguments> members() {
    JsonObject object = JsonObject.of("n", JsonValue.of(1));
    List<String> list = List.of("a", "b");
    return Stream.of(
        member(AuditField.TS, AT.plusSeconds(1), AuditEventBuilder::at, AuditEvent::at),
        text(AuditField.EVENT, AuditEventBuilder::event, AuditEvent::event),
        text(AuditField.CHECK, AuditEventBuilder::check, AuditEvent::check),
        text(AuditField.REASON, AuditEventBuilder::reason, AuditEvent::reason),
        text(AuditField.SUMMARY, AuditEventBuilder::summary, AuditEvent::summary),
        text(AuditField.TENANT, AuditEventBuilder::tenant, AuditEvent::tenant),
        text(AuditField.EVENT_ID, AuditEventBuilder::eventId, AuditEvent::eventId),
        text(AuditField.RESULT_SHA256, AuditEventBuilder::resultSha256, AuditEvent::resultSha256),
        number(AuditField.RESULT_BYTES, AuditEventBuilder::resultBytes, AuditEvent::resultBytes),
        member(
            AuditField.RESULT_STORED,
            true,
            AuditEventBuilder::resultStored,
            AuditEvent::resultStored),
        text(AuditField.BUNDLE_ID, AuditEventBuilder::bundleId, AuditEvent::bundleId),
        text(AuditField.BUNDLE_DIGEST, AuditEventBuilder::bundleDigest, AuditEvent::bundleDigest),
        text(AuditField.AGENT_ID, AuditEventBuilder::agentId, AuditEvent::agentId),
        text(AuditField.SESSION_ID, AuditEventBuilder::sessionId, AuditEvent::sessionId),
        text(AuditField.TOOL, AuditEventBuilder::tool, AuditEvent::tool),
        member(AuditField.ARG_KEYS, list, AuditEventBuilder::argKeys, AuditEvent::argKeys),
        member(AuditField.ARG_VALUES, object, AuditEventBuilder::argValues, AuditEvent::argValues),
        text(
            AuditField.CAPABILITY_TOKEN_ID,
            AuditEventBuilder::capabilityTokenId,
            AuditEvent::capabilityTokenId),
        text(
            AuditField.ROOT_CAPABILITY_TOKEN_ID,
            AuditEventBuilder::rootCapabilityTokenId,
            AuditEvent::rootCapabilityTokenId),
        number(AuditField.CAVEAT_COUNT, AuditEventBuilder::caveatCount, AuditEvent::caveatCount),
        text(AuditField.PENDING_ID, AuditEventBuilder::pendingId, AuditEvent::pendingId),
        text(AuditField.DECIDED_BY, AuditEventBuilder::decidedBy, AuditEvent::decidedBy),
        text(
            AuditField.INTENT_SUMMARY, AuditEventBuilder::intentSummary, AuditEvent::intentSummary),
        number(AuditField.LATENCY_MS, AuditEventBuilder::latencyMs, AuditEvent::latencyMs),
        text(AuditField.REMOTE_IP, AuditEventBuilder::remoteIp, AuditEvent::remoteIp),
        number(
            AuditField.UPSTREAM_STATUS,
            AuditEventBuilder::upstreamStatus,
            AuditEvent::upstreamStatus),
        member(
            AuditField.REQUIRES_STEP_UP,
            true,
            AuditEventBuilder::requiresStepUp,
            AuditEvent::requiresStepUp),
        text(AuditField.ELEVATION_ID, AuditEventBuilder::elevationId, AuditEvent::elevationId),
        text(AuditField.CALL_ID, AuditEventBuilder::callId, AuditEvent::callId),
        text(AuditField.POLICY_SHA256, AuditEventBuilder::policySha256, AuditEvent::policySha256),
        text(AuditField.RULE_REASON, AuditEventBuilder::ruleReason, AuditEvent::ruleReason),
        text(AuditField.CHAIN_ID, AuditEventBuilder::chainId, AuditEvent::chainId),
        text(AuditField.PRINCIPAL, AuditEventBuilder::principal, AuditEvent::principal),
        text(AuditField.ACTOR, AuditEventBuilder::actor, AuditEvent::actor),
        text(AuditField.ZONE, AuditEventBuilder::zone, AuditEvent::zone),
        number(AuditField.STEP_UP_AT, AuditEventBuilder::stepUpAt, AuditEvent::stepUpAt),
        text(AuditField.USER_SUBJECT, AuditEventBuilder::userSubject, AuditEvent::userSubject),
        member(AuditField.USER_ATTRS, object, AuditEventBuilder::userAttrs, AuditEvent::userAttrs),
        member(
            AuditField.INTENT_ALLOWED,
            list,
            AuditEventBuilder::intentAllowed,
            AuditEvent::intentAllowed),
        member(
            AuditField.INTENT_FORBIDDEN,
            list,
            AuditEventBuilder::intentForbidden,
            AuditEvent::intentForbidden),
        text(AuditField.CALLEE_AGENT, AuditEventBuilder::calleeAgent, AuditEvent::calleeAgent),
        text(AuditField.CALLEE_ZONE, AuditEventBuilder::calleeZone, AuditEvent::calleeZone),
        text(
            AuditField.ARGUMENTS_SHA256,
            AuditEventBuilder::argumentsSha256,
            AuditEvent::argumentsSha256),
        number(AuditField.ERROR_CODE, AuditEventBuilder::errorCode, AuditEvent::errorCode));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("members")
  <T> void a_member_that_is_set_is_there_and_no_other(
      AuditField field,
      T value,
      BiFunction<AuditEventBuilder, T, AuditEventBuilder> set,
      Function<AuditEvent, Object> get) {
    AuditEvent without = bare().build();
    AuditEventBuilder builder = bare();
    AuditEvent with = set.apply(builder, value).build();

    assertThat(get.apply(with)).isEqualTo(value);
    assertThat(with.value(field)).isEqualTo(value);
    assertThat(get.apply(without)).isNotEqualTo(value);
    for (AuditField other : AuditField.values()) {
      if (other != field) {
        assertThat(with.value(other)).as(other.wireName()).isEqualTo(without.value(other));
      }
    }
    assertThat(with).isNotEqualTo(without).isEqualTo(set.apply(bare(), value).build());
    assertThat(with).hasSameHashCodeAs(set.apply(bare(), value).build());
    assertThat(AuditEvent.builder().at(AT).decision(AuditDecision.ALLOW).stored(field, value))
        .extracting(AuditEventBuilder::build)
        .isEqualTo(with);
  }

  @Test
  void every_member_but_those_of_the_store_has_a_setter_and_a_getter() {
    List<Object> covered = new ArrayList<>(members().map(m -> m.get()[0]).toList());
    covered.addAll(
        List.of(
            AuditField.DECISION,
            AuditField.PHASE,
            AuditField.SCHEMA_VERSION,
            AuditField.SEQ,
            AuditField.PREV_HASH,
            AuditField.HASH));
    assertThat(covered).containsExactlyInAnyOrder((Object[]) AuditField.values());
  }

  @Test
  void every_decision_and_phase_is_read_as_it_was_set() {
    for (AuditDecision decision : AuditDecision.values()) {
      assertThat(bare().decision(decision).build().decision()).isEqualTo(decision);
      assertThat(AuditDecision.of(decision.wireName())).isEqualTo(decision);
    }
    for (AuditPhase phase : AuditPhase.values()) {
      assertThat(bare().phase(phase).build().phase()).isEqualTo(phase);
    }
    assertThat(AuditPhase.of("")).isNull();
    assertThatThrownBy(() -> AuditDecision.of("deny")).isInstanceOf(AuditException.class);
    assertThatThrownBy(() -> AuditPhase.of("later")).isInstanceOf(AuditException.class);
    assertThat(bare().build().schemaVersion()).isEqualTo("8");
  }

  @Test
  void a_builder_goes_on_without_changing_what_it_built() {
    AuditEventBuilder builder = bare().reason("first");
    AuditEvent first = builder.build();
    AuditEvent second = builder.reason("second").build();
    AuditEvent third = first.toBuilder().reason("").build();

    assertThat(first.reason()).isEqualTo("first");
    assertThat(second.reason()).isEqualTo("second");
    assertThat(third).isEqualTo(bare().build());
    List<String> keys = new ArrayList<>(List.of("a"));
    AuditEvent listed = builder.argKeys(keys).build();
    keys.add("b");
    assertThat(listed.argKeys()).containsExactly("a");
  }

  @Test
  void an_event_needs_its_time_and_its_decision() {
    assertThatThrownBy(() -> AuditEvent.builder().at(AT).build())
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> AuditEvent.builder().decision(AuditDecision.BLOCK).build())
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void a_stored_value_of_another_kind_or_of_the_store_is_refused() {
    Object[] values = {"text", 7L, true, AT, List.of("a"), JsonObject.of("n", JsonValue.of(1))};
    for (AuditField field : AuditField.values()) {
      long taken =
          Arrays.stream(values)
              .filter(
                  value -> {
                    try {
                      var unused = bare().stored(field, value);
                      return true;
                    } catch (IllegalArgumentException e) {
                      return false;
                    }
                  })
              .count();
      assertThat(taken).as(field.wireName()).isEqualTo(field.isSetByStore() ? 0 : 1);
    }
    assertThatThrownBy(() -> bare().stored(AuditField.ARG_KEYS, List.of("a", 1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("arg_keys");
  }

  @Test
  void in_a_log_it_is_a_line_without_what_was_said() {
    AuditEvent event = bare().tool("pay").callId("c1").reason("secret").build();
    assertThat(event).hasToString("intentgate.tool_call allow pay call_id=c1");
  }

  @Test
  void fields_are_found_by_their_names_and_hashed_by_known_schemas_only() {
    for (AuditField field : AuditField.values()) {
      assertThat(AuditField.named(field.wireName())).isEqualTo(field);
    }
    assertThat(AuditField.named("Tool")).isNull();
    assertThat(AuditField.hashed("7")).hasSize(24);
    assertThat(AuditField.hashed("8"))
        .hasSize(AuditField.values().length - 3)
        .startsWith(AuditField.hashed("7").toArray(AuditField[]::new))
        .doesNotContain(AuditField.SUMMARY, AuditField.PREV_HASH, AuditField.HASH);
    assertThatThrownBy(() -> AuditField.hashed("9"))
        .isInstanceOf(AuditException.class)
        .hasMessageContaining("schema_version");
  }
}
