package app.intentgate.jdbc.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class KnownTipsTest {
  private final KnownTips known = new KnownTips();

  private void left(String chain, Tip from, Tip to) {
    ChainMove move = new ChainMove(chain, from, to.seq(), to.hash(), "");
    known.left(List.of(move), to.version());
  }

  private static Tip tip(int seq) {
    return new Tip(seq, "hash-" + seq, 700 + seq);
  }

  @Test
  void all_chains_of_a_batch_have_to_be_known() {
    left("a", Tip.NONE, tip(1));
    assertThat(known.of(Set.of("a"))).isEqualTo(Map.of("a", tip(1)));
    assertThat(known.of(Set.of("a", "b"))).isNull();
    left("b", tip(7), tip(9));
    assertThat(known.of(Set.of("a", "b"))).isEqualTo(Map.of("a", tip(1), "b", tip(9)));
  }

  @Test
  void a_chain_found_elsewhere_than_it_was_left_is_shared_until_it_is_found_there_again() {
    left("a", Tip.NONE, tip(1));
    left("a", tip(4), tip(5));
    assertThat(known.of(Set.of("a"))).isNull();
    left("a", tip(5), tip(6));
    assertThat(known.of(Set.of("a"))).isEqualTo(Map.of("a", tip(6)));
  }

  @Test
  void a_head_that_was_written_without_moving_is_another() {
    left("a", Tip.NONE, tip(1));
    left("a", new Tip(1, "hash-1", 999), tip(2));
    assertThat(known.of(Set.of("a"))).isNull();
  }

  @Test
  void a_doubted_chain_is_looked_at_once() {
    left("a", Tip.NONE, tip(1));
    known.doubt(Set.of("a", "never-seen"));
    assertThat(known.of(Set.of("a"))).isNull();
    left("a", tip(1), tip(2));
    assertThat(known.of(Set.of("a"))).isEqualTo(Map.of("a", tip(2)));
  }

  @Test
  void of_very_many_chains_those_written_last_are_remembered() {
    for (int i = 0; i < 5_000; i++) {
      left("chain-" + i, Tip.NONE, tip(1));
    }
    assertThat(known.of(Set.of("chain-4999"))).isNotNull();
    assertThat(known.of(Set.of("chain-903"))).isNull();
    assertThat(known.of(Set.of("chain-904"))).isNotNull();
  }
}
