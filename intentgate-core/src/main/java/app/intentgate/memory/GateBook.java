package app.intentgate.memory;

import app.intentgate.policy.lifecycle.GateState;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Which gates are alive, and what each has loaded. Thread-safe. */
final class GateBook {
  private static final Duration FORGOTTEN = Duration.ofMinutes(10);

  private final Clock clock;
  private final Map<String, Gate> gates = new TreeMap<>();

  private static final class Gate {
    long lastMillis;
    final Map<String, Long> loaded = new HashMap<>();
  }

  GateBook(Clock clock) {
    this.clock = clock;
  }

  synchronized void beat(String gateId, Map<String, Long> loaded) {
    long now = clock.millis();
    gates.values().removeIf(gate -> now - gate.lastMillis > FORGOTTEN.toMillis());
    Gate gate = gates.computeIfAbsent(gateId, id -> new Gate());
    gate.lastMillis = now;
    gate.loaded.putAll(loaded);
  }

  synchronized void leave(String gateId) {
    gates.remove(gateId);
  }

  synchronized List<GateState> alive(String tenant, Duration within) {
    long now = clock.millis();
    List<GateState> out = new ArrayList<>();
    gates.forEach(
        (id, gate) -> {
          if (now - gate.lastMillis <= within.toMillis()) {
            out.add(new GateState(id, gate.loaded.getOrDefault(tenant, 0L)));
          }
        });
    return out;
  }
}
