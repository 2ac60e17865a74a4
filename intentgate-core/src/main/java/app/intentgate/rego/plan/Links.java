package app.intentgate.rego.plan;

import app.intentgate.rego.eval.Guard;
import app.intentgate.rego.eval.Step;
import app.intentgate.rego.eval.Steps;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** A body in the making: guards and steps in order, linked from the last to the first. */
final class Links {
  private sealed interface Link permits OfGuard, OfStep {}

  private record OfGuard(Guard guard) implements Link {}

  private record OfStep(UnaryOperator<Step> make) implements Link {}

  private final List<Link> links = new ArrayList<>();

  void guard(Guard guard) {
    links.add(new OfGuard(guard));
  }

  /** Adds a step that is made once what comes after it is known. */
  void step(UnaryOperator<Step> make) {
    links.add(new OfStep(make));
  }

  /** The guards, when there are no steps among them. */
  List<Guard> guardsOnly() {
    List<Guard> guards = new ArrayList<>();
    for (Link link : links) {
      if (!(link instanceof OfGuard g)) {
        throw new UnplannableException("a pattern does not iterate");
      }
      guards.add(g.guard);
    }
    return guards;
  }

  boolean isEmpty() {
    return links.isEmpty();
  }

  /** The body, ending with a step. */
  Step build(Step end) {
    Step next = end;
    int at = links.size() - 1;
    while (at >= 0) {
      if (links.get(at) instanceof OfStep s) {
        next = s.make.apply(next);
        at--;
        continue;
      }
      int last = at;
      while (at >= 0 && links.get(at) instanceof OfGuard) {
        at--;
      }
      List<Guard> guards = new ArrayList<>();
      for (int i = at + 1; i <= last; i++) {
        if (links.get(i) instanceof OfGuard g) {
          guards.add(g.guard);
        }
      }
      next = Steps.guards(guards, next);
    }
    return next;
  }
}
