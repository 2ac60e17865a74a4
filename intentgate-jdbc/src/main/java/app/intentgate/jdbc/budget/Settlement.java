package app.intentgate.jdbc.budget;

import java.util.List;
import java.util.Map;

/**
 * The outcome of one round with the ledger.
 *
 * @param answers one for each ask, in their order
 * @param updates what becomes of each counter, in the order of their keys
 * @param standings what this gate knows about each counter afterwards
 */
public record Settlement(
    List<Answer> answers, List<CounterUpdate> updates, Map<CounterKey, Standing> standings) {

  /**
   * What a gate knows about a counter after a round.
   *
   * @param held what it may spend without asking
   * @param limit the narrowest limit under which that was granted
   * @param total what is spent or held by all gates
   * @param certain whether {@code total} can only grow, as nobody else holds anything
   * @param changesAt for rates when {@code total} next shrinks, in the ledger's milliseconds
   * @param nowMillis the ledger's time of the round
   */
  public record Standing(
      long held, long limit, long total, boolean certain, long changesAt, long nowMillis) {}
}
