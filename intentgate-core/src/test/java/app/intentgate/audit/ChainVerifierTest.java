package app.intentgate.audit;

import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.audit.BrokenEvent.Break;
import app.intentgate.audit.VerificationReport.Start;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a report says of a chain: where trust starts, how far it holds, what is wrong and why. */
class ChainVerifierTest {
  private static final Instant START = Instant.parse("2026-05-11T22:30:00Z");

  private final List<StoredEvent> chain = chain(10);

  /** Events a second apart. */
  private static List<StoredEvent> chain(int length) {
    List<StoredEvent> rows = new ArrayList<>();
    for (int i = 0; i < length; i++) {
      AuditEvent event = RandomEvents.call("acme").at(START.plusSeconds(i)).latencyMs(i).build();
      rows.add(AuditChain.link(event, i + 1, i == 0 ? "" : rows.get(i - 1).hash()));
    }
    return rows;
  }

  private static @Nullable Instant second(int after) {
    return after < 0 ? null : START.plusSeconds(after);
  }

  private static ChainVerifier fed(ChainVerifier verifier, List<StoredEvent> rows) {
    rows.forEach(verifier::accept);
    return verifier;
  }

  private static VerificationReport report(List<StoredEvent> rows, int from, int to) {
    return fed(new ChainVerifier("acme", second(from), second(to)), rows).report();
  }

  private static BrokenEvent broken(List<StoredEvent> rows) {
    BrokenEvent broken = report(rows, -1, -1).broken();
    assertThat(broken).isNotNull();
    return broken;
  }

  private List<StoredEvent> with(int at, StoredEvent row) {
    List<StoredEvent> rows = new ArrayList<>(chain);
    rows.set(at, row);
    return rows;
  }

  private static StoredEvent changed(StoredEvent row) {
    AuditEvent event = row.event().toBuilder().reason("changed").build();
    return new StoredEvent(event, row.seq(), row.prevHash(), row.hash());
  }

  private static ChainHead head(StoredEvent row) {
    return new ChainHead("acme", row.seq(), row.hash(), row.event().at());
  }

  @Test
  void a_changed_event_is_named_with_both_hashes_and_its_time() {
    StoredEvent row = chain.get(4);
    BrokenEvent broken = broken(with(4, changed(row)));

    assertThat(broken)
        .isEqualTo(
            new BrokenEvent(
                Break.CHANGED,
                5,
                0,
                row.event().at(),
                row.hash(),
                AuditChain.link(changed(row).event(), 5, row.prevHash()).hash(),
                "its members have another hash"));
    assertThat(report(with(4, changed(row)), -1, -1).verified()).isEqualTo(4);
  }

  @Test
  void a_changed_link_is_told_from_a_changed_event() {
    StoredEvent row = chain.get(4);
    BrokenEvent link = broken(with(4, new StoredEvent(row.event(), 5, "0".repeat(64), row.hash())));
    assertThat(link.how()).isEqualTo(Break.UNLINKED);
    assertThat(link.detail()).isEqualTo("its prev_hash was changed");

    BrokenEvent foreign = broken(with(4, AuditChain.link(row.event(), 5, "0".repeat(64))));
    assertThat(foreign.how()).isEqualTo(Break.UNLINKED);
    assertThat(foreign.detail()).isEqualTo("it does not follow row 4");
    assertThat(foreign.storedHash()).isNotEmpty();
  }

  @Test
  void rows_that_are_missing_repeated_or_moved_are_named_by_number() {
    List<StoredEvent> missing = new ArrayList<>(chain);
    missing.subList(3, 5).clear();
    assertThat(broken(missing).how()).isEqualTo(Break.MISSING);
    assertThat(broken(missing).seq()).isEqualTo(6);
    assertThat(broken(missing).detail()).isEqualTo("the rows from 4 are missing");

    List<StoredEvent> repeated = new ArrayList<>(chain);
    repeated.add(4, chain.get(3));
    assertThat(broken(repeated).how()).isEqualTo(Break.REORDERED);
    assertThat(broken(repeated).detail()).isEqualTo("the row before it is number 4");

    // The row that seemed to be missing comes later: it was moved.
    List<StoredEvent> moved = new ArrayList<>(chain);
    moved.add(6, moved.remove(3));
    assertThat(broken(moved).how()).isEqualTo(Break.REORDERED);
    assertThat(broken(moved).seq()).isEqualTo(5);
    assertThat(broken(moved).detail()).isEqualTo("row 4 comes after it");
    assertThat(broken(moved).storedHash()).isEqualTo(chain.get(4).hash());
    assertThat(broken(moved).at()).isEqualTo(chain.get(4).event().at());
  }

  @Test
  void an_event_without_hash_or_number_is_a_break_and_counted() {
    StoredEvent row = chain.get(4);
    List<StoredEvent> unhashed = with(4, new StoredEvent(row.event(), 5, row.prevHash(), ""));
    unhashed.set(6, new StoredEvent(chain.get(6).event(), 7, "", ""));
    assertThat(broken(unhashed).how()).isEqualTo(Break.UNHASHED);
    assertThat(broken(unhashed).detail()).isEqualTo("it has no hash");
    assertThat(report(unhashed, -1, -1).unhashed()).isEqualTo(2);

    BrokenEvent numberless =
        broken(with(4, new StoredEvent(row.event(), 0, row.prevHash(), row.hash())));
    assertThat(numberless.how()).isEqualTo(Break.UNREADABLE);
    assertThat(numberless.detail()).isEqualTo("it has no number");
    BrokenEvent negative =
        broken(with(4, new StoredEvent(row.event(), -5, row.prevHash(), row.hash())));
    assertThat(negative.detail()).isEqualTo("it has no number");
  }

  @Test
  void a_member_that_no_hash_covers_is_a_break() {
    StoredEvent row = chain.get(4);
    AuditEvent told = row.event().toBuilder().summary("for people").build();
    BrokenEvent broken = broken(with(4, new StoredEvent(told, 5, row.prevHash(), row.hash())));
    assertThat(broken.how()).isEqualTo(Break.UNREADABLE);
    assertThat(broken.detail()).isEqualTo("member \"summary\" stands there and no hash covers it");

    AuditEvent other = row.event().toBuilder().stored(AuditField.SCHEMA_VERSION, "9").build();
    BrokenEvent unknown = broken(with(4, new StoredEvent(other, 5, row.prevHash(), row.hash())));
    assertThat(unknown.how()).isEqualTo(Break.UNREADABLE);
    assertThat(unknown.detail()).contains("schema_version is neither");
  }

  @Test
  void a_chain_that_starts_later_is_a_break_unless_something_vouches_for_its_start() {
    List<StoredEvent> later = chain.subList(3, 10);
    BrokenEvent broken = broken(later);
    assertThat(broken.how()).isEqualTo(Break.NOT_GENESIS);
    assertThat(broken.seq()).isEqualTo(4);

    VerificationReport trusted =
        fed(new ChainVerifier("acme", null, null).trustingFirst("a partial export"), later)
            .report();
    assertThat(trusted.ok()).isTrue();
    assertThat(trusted.verified()).isEqualTo(7);
    assertThat(trusted.start())
        .isEqualTo(new Start(false, 4, chain.get(2).hash(), "a partial export"));

    VerificationReport vouched =
        fed(new ChainVerifier("acme", null, null).remembering(head(chain.get(2))), later).report();
    assertThat(vouched.ok()).isTrue();
    assertThat(vouched.start()).isNotNull();
    assertThat(vouched.start().why())
        .isEqualTo("the checkpoint of event 3 vouches for what was before it");
    ChainHead wrong = new ChainHead("acme", 3, "0".repeat(64), START);
    assertThat(
            fed(new ChainVerifier("acme", null, null).remembering(wrong), later).report().broken())
        .extracting(BrokenEvent::how)
        .isEqualTo(Break.NOT_GENESIS);
  }

  @Test
  void a_whole_chain_needs_no_trust_even_when_it_is_offered() {
    VerificationReport report =
        fed(new ChainVerifier("acme", null, null).trustingFirst("why").remembering(null), chain)
            .report();
    assertThat(report.start()).isEqualTo(new Start(true, 1, "", ""));
    assertThat(report.head()).isEqualTo(head(chain.get(9)));
  }

  @Test
  void the_window_has_both_of_its_ends() {
    VerificationReport report = report(chain, 3, 6);
    assertThat(report.ok()).isTrue();
    assertThat(report.verified()).isEqualTo(4);
    assertThat(report.start())
        .isEqualTo(new Start(false, 4, chain.get(2).hash(), "the time window starts there"));
    assertThat(report(chain, 0, -1).start()).isEqualTo(new Start(true, 1, "", ""));
    assertThat(report(chain, -1, 0).verified()).isEqualTo(1);
    assertThat(report(chain, 99, -1).verified()).isZero();
    assertThat(report(chain, 99, -1).start()).isNull();
    assertThat(report(chain, 99, -1).head()).isEqualTo(head(chain.get(9)));
  }

  @Test
  void a_break_counts_when_a_row_of_the_window_comes_after_it() {
    List<StoredEvent> rows = with(4, changed(chain.get(4)));
    assertThat(report(rows, 5, -1).ok()).as("before the window").isTrue();
    assertThat(report(rows, -1, 3).ok()).as("behind it").isTrue();
    assertThat(report(rows, 4, 4).ok()).as("in it").isFalse();

    // A clock that jumped: row 5 says that it is much later, and stands among others.
    AuditEvent jumped = chain.get(4).event().toBuilder().at(START.plusSeconds(500)).build();
    StoredEvent forged = new StoredEvent(jumped, 5, chain.get(4).prevHash(), chain.get(4).hash());
    assertThat(report(with(4, forged), -1, 9).broken()).isNotNull();
    assertThat(report(with(4, forged), -1, 9).broken().seq()).isEqualTo(5);
    assertThat(report(with(4, forged).subList(0, 5), -1, 9).ok()).isTrue();
  }

  @Test
  void heads_beyond_the_windows_end_are_not_wanted() {
    ChainHead beyond = new ChainHead("acme", 99, "0".repeat(64), START);
    assertThat(
            fed(new ChainVerifier("acme", null, second(5)).remembering(beyond), chain)
                .report()
                .ok())
        .isTrue();
    BrokenEvent cut =
        fed(new ChainVerifier("acme", null, null).remembering(beyond), chain).report().broken();
    assertThat(cut)
        .isEqualTo(
            new BrokenEvent(
                Break.TAIL_CUT,
                11,
                0,
                null,
                chain.get(9).hash(),
                "0".repeat(64),
                "the rows from 11 to 99 are missing"));
  }

  @Test
  void the_first_break_is_the_one_that_is_reported() {
    List<StoredEvent> rows = with(2, changed(chain.get(2)));
    rows.set(7, changed(chain.get(7)));
    assertThat(broken(rows).seq()).isEqualTo(3);
    for (Break how : Break.values()) {
      assertThat(how.reason()).isNotEmpty();
    }
    assertThat(Break.CHANGED.reason()).isEqualTo("hash mismatch (row body tampered)");
  }
}
