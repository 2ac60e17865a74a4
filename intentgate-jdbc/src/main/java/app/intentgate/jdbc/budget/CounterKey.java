package app.intentgate.jdbc.budget;

import app.intentgate.budget.Charge;
import java.util.Comparator;

/**
 * Which counter. Ordered, so that whoever needs several takes them in the same order.
 *
 * @param tenant the tenant it belongs to
 * @param kind what is counted
 * @param counter its name within tenant and kind
 */
public record CounterKey(String tenant, Charge.Kind kind, String counter)
    implements Comparable<CounterKey> {
  private static final Comparator<CounterKey> ORDER =
      Comparator.comparing(CounterKey::tenant)
          .thenComparing(k -> k.kind().caveat())
          .thenComparing(CounterKey::counter);

  /** The counter of a charge. */
  public static CounterKey of(Charge charge) {
    return new CounterKey(charge.tenant(), charge.kind(), charge.key());
  }

  /** Whether it looks back over a minute, rather than over a life. */
  public boolean isRate() {
    return kind == Charge.Kind.RATE;
  }

  @Override
  public int compareTo(CounterKey other) {
    return ORDER.compare(this, other);
  }
}
