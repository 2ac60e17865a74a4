package app.intentgate.jdbc.history;

import app.intentgate.testing.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What many threads asked of a store and what they were told, apart for each object of it: objects
 * that share nothing are linearizable together when each is by itself. Thread-safe.
 *
 * @param <S> the sequential model of one object
 */
public final class History<S> {
  private final Map<String, ConcurrentLinkedQueue<Operation<S>>> operations =
      new ConcurrentHashMap<>();

  /** Carries an operation on one object out and notes how it went; a failure is no answer. */
  public void run(
      String object, String name, Function<S, Step<S>> meaning, Supplier<String> operation) {
    long begun = System.nanoTime();
    String answer;
    try {
      answer = operation.get();
    } catch (RuntimeException e) {
      answer = null;
    }
    add(object, new Operation<>(name, meaning, begun, System.nanoTime(), answer));
  }

  /** Adds an operation that was seen elsewhere. */
  public void add(String object, Operation<S> operation) {
    operations.computeIfAbsent(object, k -> new ConcurrentLinkedQueue<>()).add(operation);
  }

  /** The objects, by name, with all that was asked of each. */
  public Map<String, List<Operation<S>>> byObject() {
    Map<String, List<Operation<S>>> all = new TreeMap<>();
    operations.forEach((object, seen) -> all.put(object, new ArrayList<>(seen)));
    return all;
  }

  /** How many operations got an answer. */
  public long answered() {
    return operations.values().stream()
        .flatMap(ConcurrentLinkedQueue::stream)
        .filter(Operation::answered)
        .count();
  }
}
