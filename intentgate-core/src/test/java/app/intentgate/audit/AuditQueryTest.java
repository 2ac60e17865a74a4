package app.intentgate.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A filter passes what it names and nothing else, on events and on the lines they are kept in. */
class AuditQueryTest {
  private static final Instant AT = Instant.parse("2026-05-11T22:30:01.123456Z");

  private static final AuditEvent EVENT =
      RandomEvents.call("acme")
          .event("intentgate.admin")
          .check("pol\"icy")
          .capabilityTokenId("jti-1")
          .elevationId("el-1")
          .build();

  private static Arguments filter(String name, UnaryOperator<AuditQueryBuilder> set, boolean in) {
    return Arguments.of(name, set, in);
  }

  static Stream<Arguments> filters() {
    return Stream.of(
        filter("none", q -> q, true),
        filter("event", q -> q.event("intentgate.admin"), true),
        filter("other event", q -> q.event("intentgate.tool_call"), false),
        filter("agent", q -> q.agentId("agent-x"), true),
        filter("other agent", q -> q.agentId("agent"), false),
        filter("tool", q -> q.tool("read_invoice"), true),
        filter("other tool", q -> q.tool("READ_INVOICE"), false),
        filter("decision", q -> q.decision("allow"), true),
        filter("other decision", q -> q.decision("block"), false),
        filter("no decision", q -> q.decision("deny"), false),
        filter("check", q -> q.check("pol\"icy"), true),
        filter("other check", q -> q.check("policy"), false),
        filter("jti", q -> q.jti("jti-1"), true),
        filter("other jti", q -> q.jti("jti-11"), false),
        filter("tenant", q -> q.tenant("acme"), true),
        filter("other tenant", q -> q.tenant("default"), false),
        filter("elevation", q -> q.elevationId("el-1"), true),
        filter("other elevation", q -> q.elevationId("el-2"), false),
        filter("call", q -> q.callId("AAAAAGdld2lsbGlhbS1jcQ"), true),
        filter("other call", q -> q.callId("AAAAAGdld2lsbGlhbS1jcq"), false),
        filter("from then", q -> q.from(AT), true),
        filter("from later", q -> q.from(AT.plusNanos(1)), false),
        filter("to then", q -> q.to(AT), true),
        filter("to earlier", q -> q.to(AT.minusNanos(1)), false),
        filter("around then", q -> q.from(AT.minusSeconds(1)).to(AT.plusSeconds(1)), true),
        filter("one of two", q -> q.tool("read_invoice").agentId("other"), false));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("filters")
  void an_event_and_its_line_pass_alike(
      String name, UnaryOperator<AuditQueryBuilder> set, boolean in) {
    AuditQuery query = set.apply(AuditQuery.builder()).build();
    byte[] line = EventJson.bytes(AuditChain.link(EVENT, 1, ""));
    EventMembers row = new EventMembers();
    assertThat(EventLine.scan(line, 0, line.length, row)).isTrue();

    assertThat(query.matches(EVENT)).isEqualTo(in);
    assertThat(new RowFilter(query).passes(row)).isEqualTo(in);
    assertThat(new RowFilter(query).passesAll()).isEqualTo(name.equals("none"));
  }

  @Test
  void a_line_whose_time_cannot_be_read_passes_no_window() {
    byte[] line =
        EventJson.text(AuditChain.link(EVENT, 1, ""))
            .replace("2026-05-11T22", "2026-05-11 22")
            .getBytes(java.nio.charset.StandardCharsets.UTF_8);
    EventMembers row = new EventMembers();
    assertThat(EventLine.scan(line, 0, line.length, row)).isTrue();
    assertThat(new RowFilter(AuditQuery.all()).passes(row)).isTrue();
    assertThat(new RowFilter(AuditQuery.builder().to(AT.plusSeconds(9)).build()).passes(row))
        .isFalse();
  }

  @Test
  void what_is_not_asked_for_is_the_newest_hundred() {
    AuditQuery query = AuditQuery.all();
    assertThat(query.limit()).isEqualTo(100);
    assertThat(query.offset()).isZero();
    assertThat(query.cursor()).isNull();
    assertThat(query.order()).isEqualTo(AuditQuery.Order.NEWEST_FIRST);
    assertThat(query.count()).isFalse();
    AuditQuery other =
        AuditQuery.builder().limit(7).offset(3).cursor("c").oldestFirst().count(true).build();
    assertThat(other.limit()).isEqualTo(7);
    assertThat(other.offset()).isEqualTo(3);
    assertThat(other.cursor()).isEqualTo("c");
    assertThat(other.order()).isEqualTo(AuditQuery.Order.OLDEST_FIRST);
    assertThat(other.count()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, 1001, Integer.MAX_VALUE, Integer.MIN_VALUE})
  void a_page_of_no_or_too_many_events_is_refused(int limit) {
    assertThatThrownBy(() -> AuditQuery.builder().limit(limit).build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("1 to 1000, not " + limit);
  }

  @Test
  void the_limits_themselves_are_allowed_and_no_negative_offset() {
    assertThat(AuditQuery.builder().limit(1).build().limit()).isEqualTo(1);
    assertThat(AuditQuery.builder().limit(1000).build().limit()).isEqualTo(1000);
    assertThatThrownBy(() -> AuditQuery.builder().offset(-1).build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("-1");
  }
}
