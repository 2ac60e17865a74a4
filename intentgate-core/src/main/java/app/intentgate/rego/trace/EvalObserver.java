package app.intentgate.rego.trace;

import java.util.List;

/**
 * Is told what happens while a query is evaluated, on the evaluating thread. What it throws ends
 * the evaluation with an internal error.
 */
@FunctionalInterface
public interface EvalObserver {
  /** Something happened. */
  void event(EvalEvent event);

  /** An observer that tells several. */
  static EvalObserver all(List<? extends EvalObserver> observers) {
    List<EvalObserver> copy = List.copyOf(observers);
    return event -> copy.forEach(o -> o.event(event));
  }
}
