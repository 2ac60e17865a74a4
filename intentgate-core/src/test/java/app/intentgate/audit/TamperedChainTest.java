package app.intentgate.audit;

import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.audit.BrokenEvent.Break;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** B28: whatever is done to stored events is found, and the first broken one is named. */
class TamperedChainTest {
  private static final int ROWS = 40;
  private static final int AT = 20;

  private final List<StoredEvent> chain = chain();

  private static List<StoredEvent> chain() {
    RandomEvents random = new RandomEvents(3);
    List<StoredEvent> rows = new ArrayList<>();
    for (int i = 0; i < ROWS; i++) {
      String prev = i == 0 ? "" : rows.get(i - 1).hash();
      rows.add(AuditChain.link(random.next("acme"), i + 1, prev));
    }
    return rows;
  }

  private ChainHead head() {
    StoredEvent last = chain.get(chain.size() - 1);
    return new ChainHead("acme", last.seq(), last.hash(), last.event().at());
  }

  private static byte[] file(List<StoredEvent> rows) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (StoredEvent row : rows) {
      out.writeBytes(EventJson.bytes(row));
      out.write('\n');
    }
    return out.toByteArray();
  }

  private AuditFileVerifier.Result verify(byte[] file) {
    try {
      return AuditFileVerifier.verify(
          new ByteArrayInputStream(file),
          AuditFileVerifier.Form.EXACT,
          List.of(head()),
          (bytes, events) -> {});
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private BrokenEvent brokenIn(List<StoredEvent> rows) {
    BrokenEvent broken = verify(file(rows)).broken();
    assertThat(broken).isNotNull();
    return broken;
  }

  @Test
  void anUntouchedChainHolds() {
    AuditFileVerifier.Result result = verify(file(chain));

    assertThat(result.broken()).isNull();
    assertThat(result.chains())
        .singleElement()
        .satisfies(r -> assertThat(r.verified()).isEqualTo(ROWS));
    assertThat(result.chains().get(0).head()).isEqualTo(head());
  }

  @ParameterizedTest
  @EnumSource(AuditField.class)
  void aChangedMemberIsFound(AuditField field) {
    RandomEvents random = new RandomEvents(4);
    StoredEvent row = chain.get(AT);
    StoredEvent changed =
        switch (field) {
          case SEQ -> new StoredEvent(row.event(), row.seq() + 7, row.prevHash(), row.hash());
          case PREV_HASH -> new StoredEvent(row.event(), row.seq(), "0".repeat(64), row.hash());
          case HASH -> new StoredEvent(row.event(), row.seq(), row.prevHash(), "0".repeat(64));
          default -> {
            Object value = random.value(field.kind());
            if (field == AuditField.DECISION) {
              value = row.event().decision() == AuditDecision.ALLOW ? "block" : "allow";
            } else if (field == AuditField.PHASE) {
              value = row.event().phase() == AuditPhase.OUTCOME ? "decision" : "outcome";
            } else if (field.kind() == AuditField.Kind.FLAG) {
              value = row.event().value(field) == null;
            }
            AuditEvent event = row.event().toBuilder().stored(field, value).build();
            yield new StoredEvent(event, row.seq(), row.prevHash(), row.hash());
          }
        };
    List<StoredEvent> rows = new ArrayList<>(chain);
    rows.set(AT, changed);

    BrokenEvent broken = brokenIn(rows);

    assertThat(broken.line()).isEqualTo(AT + 1);
    assertThat(broken.how())
        .isIn(
            field == AuditField.PREV_HASH
                ? List.of(Break.UNLINKED)
                : field == AuditField.SCHEMA_VERSION || field == AuditField.SUMMARY
                    ? List.of(Break.UNREADABLE)
                    : field == AuditField.TENANT
                        // The row goes to another chain, which it does not start.
                        ? List.of(Break.CHANGED, Break.MISSING)
                        : List.of(Break.CHANGED));
  }

  @Test
  void aDeletedRowIsFound() {
    List<StoredEvent> rows = new ArrayList<>(chain);
    rows.remove(AT);

    BrokenEvent broken = brokenIn(rows);

    assertThat(broken.how()).isEqualTo(Break.MISSING);
    assertThat(broken.seq()).isEqualTo(AT + 2);
  }

  @Test
  void theOldestRowsDeletedAreFound() {
    BrokenEvent broken = brokenIn(chain.subList(10, ROWS));

    assertThat(broken.how()).isEqualTo(Break.NOT_GENESIS);
    assertThat(broken.seq()).isEqualTo(11);
  }

  @Test
  void theNewestRowsDeletedAreFoundByTheRememberedHead() {
    BrokenEvent broken = brokenIn(chain.subList(0, 30));

    assertThat(broken.how()).isEqualTo(Break.TAIL_CUT);
    assertThat(broken.seq()).isEqualTo(31);
    assertThat(broken.expectedHash()).isEqualTo(head().hash());
    assertThat(brokenIn(List.of()).how()).isEqualTo(Break.TAIL_CUT);
  }

  @Test
  void everythingRewrittenAfterARowIsFoundByTheRememberedHead() {
    List<StoredEvent> rows = new ArrayList<>(chain.subList(0, AT));
    for (int i = AT; i < ROWS; i++) {
      AuditEvent event = chain.get(i).event().toBuilder().reason("rewritten").build();
      rows.add(AuditChain.link(event, i + 1, rows.get(i - 1).hash()));
    }

    BrokenEvent broken = brokenIn(rows);

    assertThat(broken.how()).isEqualTo(Break.HEAD_MISMATCH);
    assertThat(broken.seq()).isEqualTo(ROWS);
  }

  @Test
  void aBlankedHashIsFound() {
    StoredEvent row = chain.get(AT);
    List<StoredEvent> rows = new ArrayList<>(chain);
    rows.set(AT, new StoredEvent(row.event(), row.seq(), row.prevHash(), ""));

    BrokenEvent broken = brokenIn(rows);

    assertThat(broken.how()).isEqualTo(Break.UNHASHED);
    assertThat(broken.seq()).isEqualTo(AT + 1);
    assertThat(verify(file(rows)).chains().get(0).unhashed()).isEqualTo(1);
  }

  @Test
  void aRepeatedRowIsFound() {
    List<StoredEvent> rows = new ArrayList<>(chain);
    rows.add(AT, chain.get(AT - 1));

    BrokenEvent broken = brokenIn(rows);

    assertThat(broken.how()).isEqualTo(Break.REORDERED);
    assertThat(broken.line()).isEqualTo(AT + 1);
  }

  @Test
  void swappedRowsAreFound() {
    List<StoredEvent> rows = new ArrayList<>(chain);
    Collections.swap(rows, AT, AT + 1);

    BrokenEvent broken = brokenIn(rows);

    assertThat(broken.how()).isEqualTo(Break.REORDERED);
    assertThat(broken.seq()).isEqualTo(AT + 2);
  }

  @Test
  void aRowOfAnotherChainOnlyBreaksItsOwn() {
    List<StoredEvent> rows = new ArrayList<>(chain);
    rows.add(AT, AuditChain.link(RandomEvents.call("globex").build(), 2, "ab".repeat(32)));

    AuditFileVerifier.Result result = verify(file(rows));

    assertThat(result.chains()).extracting(VerificationReport::ok).containsExactly(true, false);
  }

  @Test
  void anyChangeOfAnyByteIsFound() {
    byte[] file = file(chain.subList(0, 6));
    ChainHead last = new ChainHead("acme", 6, chain.get(5).hash(), chain.get(5).event().at());
    Random random = new Random(5);
    for (int i = 0; i < file.length; i++) {
      byte[] changed = file.clone();
      changed[i] ^= (byte) (1 + random.nextInt(255));
      assertFound(changed, last, "byte " + i);
      changed = remove(file, i);
      assertFound(changed, last, "without byte " + i);
      changed = insert(file, i, (byte) random.nextInt(256));
      assertFound(changed, last, "one more at byte " + i);
      assertFound(insert(file, i, (byte) ' '), last, "space at byte " + i);
      assertFound(insert(file, i, (byte) '\n'), last, "line feed at byte " + i);
    }
  }

  private static void assertFound(byte[] file, ChainHead head, String what) {
    try {
      AuditFileVerifier.Result result =
          AuditFileVerifier.verify(
              new ByteArrayInputStream(file),
              AuditFileVerifier.Form.EXACT,
              List.of(head),
              (bytes, events) -> {});
      assertThat(result.ok()).as(what).isFalse();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static byte[] remove(byte[] file, int at) {
    byte[] out = new byte[file.length - 1];
    System.arraycopy(file, 0, out, 0, at);
    System.arraycopy(file, at + 1, out, at, out.length - at);
    return out;
  }

  private static byte[] insert(byte[] file, int at, byte what) {
    byte[] out = new byte[file.length + 1];
    System.arraycopy(file, 0, out, 0, at);
    out[at] = what;
    System.arraycopy(file, at, out, at + 1, file.length - at);
    return out;
  }
}
