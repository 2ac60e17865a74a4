package app.intentgate.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Heads that are remembered elsewhere are what shows that a chain was cut or rewritten. */
class WantedHeadsTest {
  private static ChainHead head(long seq, String hash) {
    return new ChainHead("acme", seq, hash, Instant.EPOCH);
  }

  private static final ChainHead FIFTH = head(5, "e");
  private static final ChainHead NINTH = head(9, "i");

  private final WantedHeads heads = new WantedHeads(List.of(NINTH, FIFTH));

  @Test
  void a_chain_that_agrees_is_not_contradicted() {
    for (long seq = 1; seq <= 10; seq++) {
      assertThat(heads.reach(seq)).as("at %d", seq).isEqualTo(seq == 5 || seq == 9);
      String hash = seq == 5 ? "e" : seq == 9 ? "i" : "any";
      assertThat(heads.contradicted(seq, hash)).isNull();
    }
    assertThat(heads.beyond(10)).isNull();
  }

  @Test
  void another_hash_at_a_remembered_number_is_the_contradiction() {
    assertThat(heads.contradicted(4, "x")).isNull();
    assertThat(heads.contradicted(5, "x")).isEqualTo(FIFTH);
    assertThat(heads.contradicted(6, "x")).isNull();
    assertThat(heads.contradicted(9, "x")).isEqualTo(NINTH);
  }

  @Test
  void of_two_memories_of_one_number_the_one_that_differs_is_named() {
    WantedHeads two = new WantedHeads(List.of(FIFTH, head(5, "other")));
    assertThat(two.contradicted(5, "e")).isEqualTo(head(5, "other"));
  }

  @Test
  void a_number_the_chain_jumped_over_contradicts_nothing_by_itself() {
    assertThat(heads.contradicted(6, "x")).isNull();
    assertThat(heads.reach(6)).isFalse();
  }

  @Test
  void a_chain_that_ends_before_the_farthest_memory_is_short_of_it() {
    assertThat(heads.beyond(8)).isEqualTo(NINTH);
    assertThat(heads.beyond(9)).isNull();
    assertThat(new WantedHeads(List.of()).beyond(0)).isNull();
  }

  @Test
  void a_head_is_had_with_its_number_and_its_hash() {
    assertThat(heads.has(5, "e")).isTrue();
    assertThat(heads.has(5, "i")).isFalse();
    assertThat(heads.has(9, "e")).isFalse();
    assertThat(new WantedHeads(List.of()).has(5, "e")).isFalse();
  }
}
