package app.intentgate.audit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.audit.BrokenEvent.Break;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Lines of many chains, of which one or all are looked at. */
class ChainsWalkTest {
  private static final Instant AT = Instant.parse("2026-05-11T22:30:00Z");

  private static StoredEvent event(String tenant, long seq, String prevHash) {
    AuditEvent event = RandomEvents.call(tenant).at(AT.plusSeconds(seq)).build();
    return AuditChain.link(event, seq, prevHash);
  }

  private final StoredEvent acme1 = event("acme", 1, "");
  private final StoredEvent acme2 = event("acme", 2, acme1.hash());
  private final StoredEvent globex1 = event("globex", 1, "");

  private static ChainHead head(StoredEvent event) {
    return new ChainHead(event.chain(), event.seq(), event.hash(), event.event().at());
  }

  private static void line(ChainsWalk walk, String text, long number) {
    byte[] line = text.getBytes(UTF_8);
    walk.line(line, 0, line.length, number);
  }

  private ChainsWalk fed(ChainsWalk walk) {
    line(walk, EventJson.text(acme1), 1);
    line(walk, EventJson.text(globex1), 2);
    line(walk, EventJson.text(acme2), 3);
    return walk;
  }

  @Test
  void one_chain_of_many_is_looked_at() {
    ChainsWalk walk = fed(new ChainsWalk(true).only("acme", TimeWindow.ALWAYS));
    assertThat(walk.rows()).isEqualTo(3);
    assertThat(walk.reports())
        .singleElement()
        .satisfies(report -> assertThat(report.chain()).isEqualTo("acme"));
    assertThat(walk.reportOf("acme").verified()).isEqualTo(2);
    assertThat(walk.unreadable()).isNull();
    ChainsWalk none = fed(new ChainsWalk(true).only("nobody", TimeWindow.ALWAYS));
    assertThat(none.reportOf("nobody"))
        .isEqualTo(new VerificationReport("nobody", 0, 0, null, null, null));
  }

  @Test
  void a_window_holds_for_the_chain_that_is_looked_at() {
    TimeWindow second = new TimeWindow(AT.plusSeconds(2), null);
    assertThat(fed(new ChainsWalk(true).only("acme", second)).reportOf("acme").verified())
        .isEqualTo(1);
  }

  @Test
  void a_line_that_cannot_be_read_may_be_of_the_chain_that_is_looked_at() {
    ChainsWalk one = new ChainsWalk(true).only("acme", TimeWindow.ALWAYS);
    line(one, EventJson.text(acme1), 1);
    line(one, "no event", 2);
    line(one, "nor this", 3);
    assertThat(one.reportOf("acme").broken()).isNotNull();
    assertThat(one.reportOf("acme").broken().line()).isEqualTo(2);
    assertThat(one.unreadable()).isEqualTo(one.reportOf("acme").broken());
    ChainsWalk all = new ChainsWalk(true);
    line(all, EventJson.text(acme1), 1);
    line(all, "no event", 2);
    assertThat(all.reportOf("acme").ok()).as("of no known chain").isTrue();
    assertThat(all.firstBreak()).isEqualTo(all.unreadable()).isNotNull();
    ChainsWalk empty = new ChainsWalk(true).only("acme", TimeWindow.ALWAYS);
    line(empty, "no event", 1);
    assertThat(empty.reportOf("acme").broken()).isNotNull();
  }

  @Test
  void a_remembered_chain_without_a_row_was_cut() {
    List<ChainHead> heads = List.of(head(acme2), head(globex1), head(event("initech", 1, "")));
    ChainsWalk walk = fed(new ChainsWalk(true).remembering(heads));
    assertThat(walk.reports())
        .extracting(VerificationReport::chain, VerificationReport::ok)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("acme", true),
            org.assertj.core.groups.Tuple.tuple("globex", true),
            org.assertj.core.groups.Tuple.tuple("initech", false));
    assertThat(walk.firstBreak()).extracting(BrokenEvent::how).isEqualTo(Break.TAIL_CUT);
    ChainsWalk only = fed(new ChainsWalk(true).only("acme", TimeWindow.ALWAYS).remembering(heads));
    assertThat(only.reports()).hasSize(1);
  }

  @Test
  void chains_go_on_from_heads_that_were_verified() {
    ChainsWalk walk = new ChainsWalk(true).continuing(List.of(head(acme1), head(globex1)));
    line(walk, EventJson.text(acme2), 1);
    assertThat(walk.firstBreak()).isNull();
    assertThat(walk.reports())
        .extracting(VerificationReport::head)
        .containsExactly(head(acme2), head(globex1));
  }

  @Test
  void the_first_break_is_the_one_whose_line_comes_first() {
    ChainsWalk walk = new ChainsWalk(true).remembering(List.of(head(acme2)));
    line(walk, EventJson.text(acme1), 1);
    line(walk, EventJson.text(globex1).replace("read_", "pay_"), 2);
    line(walk, "no event", 3);
    assertThat(walk.firstBreak()).isNotNull();
    assertThat(walk.firstBreak().line()).isEqualTo(2);
    assertThat(walk.firstBreak().how()).isEqualTo(Break.CHANGED);
  }

  @Test
  void another_spelling_is_read_only_where_that_is_allowed() {
    for (boolean exactOnly : new boolean[] {true, false}) {
      ChainsWalk walk = new ChainsWalk(exactOnly);
      byte[] line = ("xx " + EventJson.text(acme1) + " xx").getBytes(UTF_8);
      walk.line(line, 2, line.length - 2, 1);
      assertThat(walk.firstBreak() == null).isEqualTo(!exactOnly);
    }
  }
}
