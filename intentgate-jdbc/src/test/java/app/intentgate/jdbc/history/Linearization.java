package app.intentgate.jdbc.history;

import app.intentgate.testing.Step;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Looks for an order of operations, one after another, that a sequential model answers as the
 * callers were answered, and in which none comes before one that had ended when it began. The
 * search is that of Wing and Gong; as Lowe found, what makes it quick is never to try twice the
 * same set of operations that led to the same state.
 *
 * @param <S> the model, compared by {@code equals}
 */
public final class Linearization<S> {
  private final Event<S> head =
      new Event<>(-1, new Operation<>("", s -> null, 0, 0, ""), true, null);
  private final Deque<Taken<S>> taken = new ArrayDeque<>();
  private final Set<Tried<S>> tried = new HashSet<>();
  private final BitSet done = new BitSet();
  private final List<String> longest = new ArrayList<>();
  private S state;
  private int unanswered;

  private record Taken<S>(Event<S> event, S before) {}

  private record Tried<S>(BitSet done, S state) {}

  private Linearization(S initial, List<Operation<S>> operations) {
    state = initial;
    List<Event<S>> events = new ArrayList<>();
    for (int i = 0; i < operations.size(); i++) {
      Operation<S> operation = operations.get(i);
      Event<S> end = operation.answered() ? new Event<>(i, operation, true, null) : null;
      events.add(new Event<>(i, operation, false, end));
      if (end != null) {
        events.add(end);
        unanswered++;
      }
    }
    // Where two fall on one moment they may have overlapped: beginnings first.
    events.sort(Comparator.<Event<S>>comparingLong(Event::at).thenComparing(e -> e.isEnd));
    Event<S> last = head;
    for (Event<S> event : events) {
      event.follow(last);
      last = event;
    }
  }

  /**
   * Why operations on one object cannot be explained; empty when they can.
   *
   * @param initial the model before all of them
   */
  public static <S> Optional<String> violation(S initial, List<Operation<S>> operations) {
    Linearization<S> search = new Linearization<>(initial, operations);
    return search.succeeds() ? Optional.empty() : Optional.of(search.explain(operations));
  }

  /** The same for every object of a history; all of them begin alike. */
  public static <S> Optional<String> violation(S initial, History<S> history) {
    return history.byObject().entrySet().stream()
        .flatMap(
            object ->
                violation(initial, object.getValue()).stream()
                    .map(why -> object.getKey() + ": " + why))
        .findFirst();
  }

  private boolean succeeds() {
    Event<S> at = head.after;
    while (unanswered > 0) {
      if (at != null && !at.isEnd) {
        at = take(at) ? head.after : at.after;
      } else if (taken.isEmpty()) {
        return false;
      } else {
        // Nothing that was at work by now fits: the last choice was wrong.
        at = giveBack().after;
      }
    }
    return true;
  }

  /** Lets an operation be the next one, if the model answers it so and that was not tried. */
  private boolean take(Event<S> event) {
    Step<S> step = event.operation.meaning().apply(state);
    if (event.operation.answered() && !step.answer().equals(event.operation.answer())) {
      return false;
    }
    done.set(event.number);
    if (!tried.add(new Tried<>((BitSet) done.clone(), step.next()))) {
      done.clear(event.number);
      return false;
    }
    taken.push(new Taken<>(event, state));
    state = step.next();
    event.lift();
    unanswered -= event.operation.answered() ? 1 : 0;
    return true;
  }

  private Event<S> giveBack() {
    noteLongest();
    Taken<S> last = taken.pop();
    state = last.before();
    done.clear(last.event().number);
    last.event().unlift();
    unanswered += last.event().operation.answered() ? 1 : 0;
    return last.event();
  }

  private void noteLongest() {
    if (taken.size() > longest.size()) {
      longest.clear();
      taken.descendingIterator().forEachRemaining(t -> longest.add(t.event().operation.toString()));
    }
  }

  private String explain(List<Operation<S>> operations) {
    return operations.stream()
        .sorted(Comparator.comparingLong(Operation::begun))
        .map(Operation::toString)
        .collect(
            Collectors.joining(
                "\n  ",
                "no order explains\n  ",
                "\nthe longest that does so far is\n  " + String.join("\n  ", longest)));
  }
}
