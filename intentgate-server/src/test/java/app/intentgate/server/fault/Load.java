package app.intentgate.server.fault;

import app.intentgate.server.exchange.Answer;
import app.intentgate.server.exchange.Gate;
import app.intentgate.server.exchange.RawHttp;
import app.intentgate.server.exchange.Vectors;
import app.intentgate.testing.Eventually;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

/** Clients that call one gate after the other answer, and remember what they were told. */
final class Load implements AutoCloseable {
  private static final long ABSENT_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

  private final Gate gate;
  private final String token;
  private final Ledger ledger;
  private final List<Thread> threads = new ArrayList<>();
  private volatile boolean stopped;

  /** What was answered, over all gates of a test. */
  static final class Ledger {
    final Set<String> allowed = ConcurrentHashMap.newKeySet();
    final Set<String> denied = ConcurrentHashMap.newKeySet();

    /** The numbers of the calls that were answered as unavailable. */
    final Set<Integer> refused = ConcurrentHashMap.newKeySet();

    /** Answers that are neither a decision nor that failure; there must be none. */
    final Set<String> odd = ConcurrentHashMap.newKeySet();

    /** The greatest number of a call that was answered with a decision. */
    final AtomicInteger lastDecided = new AtomicInteger();

    private final AtomicInteger next = new AtomicInteger();

    /** The number of the newest call that began. */
    int begun() {
      return next.get();
    }

    /** Takes over what another one has. */
    void add(Ledger other) {
      allowed.addAll(other.allowed);
      denied.addAll(other.denied);
      odd.addAll(other.odd);
    }

    int decisions() {
      return allowed.size() + denied.size();
    }
  }

  Load(Gate gate, String token, int clients, Ledger ledger) {
    this.gate = gate;
    this.token = token;
    this.ledger = ledger;
    for (int i = 0; i < clients; i++) {
      Thread thread = new Thread(this::run, "fault-client-" + i);
      thread.setDaemon(true);
      threads.add(thread);
      thread.start();
    }
  }

  private void run() {
    while (!stopped) {
      if (!call(gate, token, ledger)) {
        // Nobody is there: asking as fast as it goes would only keep others from their work.
        LockSupport.parkNanos(ABSENT_NANOS);
      }
    }
  }

  /** Makes one call and notes its answer; false when there was none. */
  static boolean call(Gate gate, String token, Ledger ledger) {
    int number = ledger.next.incrementAndGet();
    String body =
        """
        {"jsonrpc":"2.0","id":%d,"method":"tools/call",\
        "params":{"name":"read_a","arguments":{"n":%d}}}\
        """
            .formatted(number, number);
    Answer answer =
        RawHttp.call(
            gate.port(),
            "POST",
            "/v1/mcp",
            List.of(Map.entry("Authorization", "Bearer " + token)),
            body.getBytes(StandardCharsets.UTF_8));
    if (answer.status() == 0) {
      return false;
    }
    note(number, answer, ledger);
    return true;
  }

  private static void note(int number, Answer answer, Ledger ledger) {
    JsonNode json;
    try {
      json = Vectors.JSON.readTree(answer.body());
    } catch (IOException e) {
      ledger.odd.add(answer.toString());
      return;
    }
    int code = json.at("/error/code").asInt();
    String id = answer.header("X-IntentGate-Call-Id");
    if (code == -32603 && json.at("/error/message").asText().equals("audit store unavailable")) {
      ledger.refused.add(number);
    } else if (id != null && json.has("result")) {
      ledger.allowed.add(id);
      ledger.lastDecided.accumulateAndGet(number, Math::max);
    } else if (id != null && code <= -32010 && code >= -32013) {
      ledger.denied.add(id);
      ledger.lastDecided.accumulateAndGet(number, Math::max);
    } else if (answer.status() != 503) {
      ledger.odd.add(answer.toString());
    }
  }

  /** Waits until what was answered is as told. */
  void until(String what, Predicate<Ledger> condition) {
    Eventually.until(what, () -> condition.test(ledger));
  }

  /** Waits until that many more decisions were answered, to any load of the ledger. */
  void untilDecided(int more) {
    int enough = ledger.decisions() + more;
    until("decisions", all -> all.decisions() >= enough);
  }

  @Override
  public void close() {
    stopped = true;
    for (Thread thread : threads) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }
}
