package app.intentgate.examples.embedded;

import java.util.HashMap;
import java.util.Map;

/** The product's own code, which knows nothing of agents. */
final class Invoices {
  private final Map<Integer, Integer> openCents = new HashMap<>(Map.of(7, 12_000, 8, 990_000));

  String read(int id) {
    return "invoice %d: %.2f EUR open".formatted(id, openCents.getOrDefault(id, 0) / 100.0);
  }

  String pay(int id, int cents) {
    openCents.merge(id, -cents, Integer::sum);
    return "paid %.2f EUR; %s".formatted(cents / 100.0, read(id));
  }
}
