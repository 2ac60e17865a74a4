package app.intentgate.memory;

import app.intentgate.budget.Charge;
import java.util.Comparator;

/** Which counter a charge goes to. Ordered, so that all calls lock counters in one order. */
record CounterName(Charge.Kind kind, String tenant, String key) implements Comparable<CounterName> {
  private static final Comparator<CounterName> ORDER =
      Comparator.comparing(CounterName::kind)
          .thenComparing(CounterName::tenant)
          .thenComparing(CounterName::key);

  @Override
  public int compareTo(CounterName other) {
    return ORDER.compare(this, other);
  }
}
