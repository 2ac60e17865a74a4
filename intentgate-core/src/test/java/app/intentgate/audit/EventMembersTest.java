package app.intentgate.audit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is found in a line without reading it, and what a store takes. */
class EventMembersTest {
  private static final String LINE =
      "{\"ts\":\"2026-05-11T22:30:00Z\",\"event\":\"e\",\"schema_version\":\"8\","
          + "\"decision\":\"allow\",\"tool\":\"t\",\"latency_ms\":0}";

  private final EventMembers members = new EventMembers();

  private boolean scan(String line) {
    byte[] bytes = ("\"" + line + "\"}").getBytes(UTF_8);
    return EventLine.scan(bytes, 1, bytes.length - 2, members);
  }

  private static String with(String name, String value) {
    return switch (name) {
      case "tool", "latency_ms", "ts" ->
          LINE.replaceFirst("\"" + name + "\":[^,}]*", "\"" + name + "\":" + value);
      case "arg_keys", "arg_values" ->
          LINE.replace("\"latency_ms\"", "\"" + name + "\":" + value + ",\"latency_ms\"");
      default -> LINE.replace("0}", "0,\"" + name + "\":" + value + "}");
    };
  }

  private static String canonical(EventMembers members) {
    ByteBuilder out = new ByteBuilder(1);
    members.canonical(out);
    return new String(out.toByteArray(), UTF_8);
  }

  @ParameterizedTest
  @CsvSource({
    "seq, 1, 1",
    "seq, 9223372036854775799, 9223372036854775799",
    "error_code, -32010, -32010",
    "latency_ms, 0, 0"
  })
  void a_number_is_read_where_it_stands(String name, String text, long value) {
    assertThat(scan(with(name, text))).isTrue();
    AuditField named = AuditField.named(name);
    assertThat(named).isNotNull();
    assertThat(members.number(MemberSlot.of(named))).isEqualTo(value);
  }

  @Test
  void a_number_of_more_than_64_bits_is_not_read() {
    assertThat(scan(with("seq", "9999999999999999999"))).isTrue();
    assertThatThrownBy(() -> members.number(MemberSlot.of(AuditField.SEQ)))
        .isInstanceOf(AuditException.class)
        .hasMessage("seq is too large");
    assertThat(scan(LINE)).isTrue();
    assertThat(members.number(MemberSlot.of(AuditField.SEQ))).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "seq, 0",
    "seq, -0",
    "seq, 01",
    "seq, -",
    "seq, 1.0",
    "seq, 12345678901234567890",
    "call_id, '\"\"'",
    "call_id, '\"a'",
    "call_id, '\"a\\'",
    "call_id, 7",
    "requires_step_up, false",
    "requires_step_up, tru",
    "arg_keys, []",
    "arg_keys, '[\"a\",]'",
    "arg_keys, '[\"a\"'",
    "arg_keys, '[1]'",
    "arg_values, {}",
    "arg_values, []",
    "arg_values, '{\"a\"'",
    "latency_ms, ''",
    "ts, 7",
    "tool, ''"
  })
  void a_value_that_is_never_written_so_is_no_line(String name, String value) {
    assertThat(scan(LINE)).isTrue();
    assertThat(scan(with(name, value))).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "seq, 1234567890123456789",
    "seq, -1",
    "call_id, '\"a\"'",
    "call_id, '\"\\\"\"'",
    "requires_step_up, true",
    "arg_keys, '[\"\"]'",
    "arg_keys, '[\"a\",\"b\"]'",
    "arg_values, '{\"a\":[{\"b\":\"}]\"}]}'",
    "latency_ms, -5",
    "tool, '\"\"'",
    "ts, '\"never\"'"
  })
  void a_value_that_may_be_written_so_is_found(String name, String value) {
    assertThat(scan(with(name, value))).as(with(name, value)).isTrue();
    AuditField field = AuditField.named(name);
    assertThat(field).isNotNull();
    MemberSlot slot = MemberSlot.of(field);
    assertThat(members.is(slot, value.getBytes(UTF_8))).isTrue();
    assertThat(members.is(slot, (value + " ").getBytes(UTF_8))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "{", "{}", "x", "{\"ts\":\"2026-05-11T22:30:00Z\"}", "{\"colour\":1}", "[]"})
  void what_lacks_a_member_that_is_always_written_is_no_line(String line) {
    assertThat(scan(line)).isFalse();
  }

  @Test
  void members_stand_in_their_order_and_nothing_stands_around_them() {
    assertThat(scan(LINE.replace("\"event\":\"e\",", ""))).isFalse();
    assertThat(scan(LINE.replace(",\"latency_ms\":0", ""))).isFalse();
    assertThat(scan(LINE + " ")).isFalse();
    assertThat(scan(LINE.substring(0, LINE.length() - 1))).isFalse();
    assertThat(scan(LINE.replace("0}", "0,}"))).isFalse();
    assertThat(scan(LINE.replace("0}", "0,\"latency_ms\":1}"))).isFalse();
    assertThat(scan(LINE.replace("{\"ts\"", "\"ts\""))).isFalse();
  }

  @Test
  void text_is_read_with_its_escapes_and_as_it_stands() {
    MemberSlot slot = MemberSlot.of(AuditField.CALL_ID);
    assertThat(scan(with("call_id", "\"caf\u00e9 \\u003c\\n\""))).isTrue();
    assertThat(members.text(slot)).isEqualTo("caf\u00e9 <\n");
    assertThat(members.escapedText(slot)).isEqualTo("caf\u00e9 \\u003c\\n");
    assertThat(scan(with("call_id", "\"plain\""))).isTrue();
    assertThat(members.text(slot)).isEqualTo("plain");
    assertThat(scan(LINE)).isTrue();
    assertThat(members.text(slot)).isEmpty();
    assertThat(members.escapedText(slot)).isEmpty();
    assertThat(scan(with("call_id", "\"\\x\""))).isTrue();
    assertThatThrownBy(() -> members.text(slot))
        .isInstanceOf(AuditException.class)
        .hasMessage("call_id is not JSON");
    assertThat(members.time()).isEqualTo(Instant.parse("2026-05-11T22:30:00Z"));
  }

  @Test
  void bundles_are_hashed_behind_what_follows_them_in_the_line() {
    AuditEvent event =
        AuditEvent.builder()
            .at(Instant.EPOCH)
            .decision(AuditDecision.BLOCK)
            .bundleId("b")
            .agentId("a")
            .summary("s")
            .callId("c")
            .build();
    members.encode(event);
    members.setSeq(3);
    String start =
        "{\"ts\":\"1970-01-01T00:00:00Z\",\"event\":\"intentgate.tool_call\","
            + "\"schema_version\":\"8\",\"decision\":\"block\",";
    assertThat(canonical(members))
        .isEqualTo(
            start
                + "\"agent_id\":\"a\",\"tool\":\"\",\"latency_ms\":0,\"bundle_id\":\"b\","
                + "\"call_id\":\"c\",\"seq\":3}");
    members.encode(event.toBuilder().stored(AuditField.SCHEMA_VERSION, "7").build());
    members.setSeq(3);
    assertThat(members.has(MemberSlot.of(AuditField.SEQ))).isFalse();
    assertThat(canonical(members))
        .isEqualTo(
            start.replace("\"8\"", "\"7\"")
                + "\"agent_id\":\"a\",\"tool\":\"\",\"latency_ms\":0,\"bundle_id\":\"b\"}");
    assertThat(members.uncovered()).isEqualTo(AuditField.CALL_ID);
    members.encode(event);
    members.setSeq(0);
    assertThat(members.has(MemberSlot.of(AuditField.SEQ))).isFalse();
    assertThat(members.uncovered()).isEqualTo(AuditField.SUMMARY);
  }

  @Test
  void a_store_takes_events_of_schema_8_of_a_year_of_four_digits_without_summary() {
    AuditEvent event = RandomEvents.call("acme").build();
    assertThat(AuditStore.storable(event)).isSameAs(event);
    assertThat(AuditStore.storable(event.toBuilder().summary("s").build())).isEqualTo(event);
    AuditEvent old = event.toBuilder().stored(AuditField.SCHEMA_VERSION, "7").build();
    assertThatThrownBy(() -> AuditStore.storable(old)).hasMessageContaining("schema \"8\"");
    AuditEvent far = event.toBuilder().at(Instant.parse("+10000-01-01T00:00:00Z")).build();
    assertThatThrownBy(() -> AuditStore.storable(far)).hasMessageContaining("four digits");
  }

  @Test
  void what_events_are_found_by_has_two_thousand_bytes_at_the_most() {
    AuditEventBuilder event = RandomEvents.call("acme");
    for (String fits :
        new String[] {"x".repeat(2000), "\u0001".repeat(333), "\u00e9".repeat(1000)}) {
      String tooLong = fits + (fits.startsWith("\u0001") ? "\u0001" : "y");
      assertThat(AuditStore.isTooLongToFind(fits)).isFalse();
      assertThat(AuditStore.isTooLongToFind(tooLong)).isTrue();
      assertThat(AuditStore.storable(event.tenant(fits).build()).tenant()).isEqualTo(fits);
      for (AuditEvent refused :
          new AuditEvent[] {
            RandomEvents.call(tooLong).build(),
            RandomEvents.call("").agentId(tooLong).build(),
            RandomEvents.call("").tool(tooLong).build(),
            RandomEvents.call("").callId(tooLong).build()
          }) {
        assertThatThrownBy(() -> AuditStore.storable(refused))
            .isInstanceOf(AuditException.class)
            .hasMessageContaining("longer than 2000 bytes");
      }
    }
  }
}
