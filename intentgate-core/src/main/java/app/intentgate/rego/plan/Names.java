package app.intentgate.rego.plan;

import app.intentgate.rego.ast.ArrayTerm;
import app.intentgate.rego.ast.ObjectTerm;
import app.intentgate.rego.ast.RefTerm;
import app.intentgate.rego.ast.SetTerm;
import app.intentgate.rego.ast.Term;
import app.intentgate.rego.ast.Var;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The variables that are bound at a point of a body, and their slots. A body within a body sees
 * those outside; what it binds is its own.
 */
final class Names {
  private final @Nullable Names outer;
  private final Frame frame;
  private final Map<String, Integer> slots = new LinkedHashMap<>();

  private Names(@Nullable Names outer, Frame frame) {
    this.outer = outer;
    this.frame = frame;
  }

  /** No variables, and a frame of its own. */
  static Names ofNewFrame() {
    return new Names(null, new Frame());
  }

  /** For a body within this one. */
  Names within() {
    return new Names(this, frame);
  }

  Frame frame() {
    return frame;
  }

  /** The slot of a variable, or -1 when it is not bound. */
  int slotOf(String name) {
    for (Names n = this; n != null; n = n.outer) {
      Integer slot = n.slots.get(name);
      if (slot != null) {
        return slot;
      }
    }
    return -1;
  }

  boolean isBound(String name) {
    return slotOf(name) >= 0 || isRoot(name);
  }

  /** Binds a variable to a new slot. */
  int bind(String name) {
    int slot = frame.newSlot();
    slots.put(name, slot);
    return slot;
  }

  /** Binds a variable to a slot that has its value already. */
  void alias(String name, int slot) {
    slots.put(name, slot);
  }

  /** The variables bound in this body itself. */
  List<String> own() {
    return List.copyOf(slots.keySet());
  }

  static boolean isRoot(String name) {
    return name.equals("data") || name.equals("input");
  }

  /** Whether every variable in a term is bound; comprehensions look after theirs. */
  boolean isClosed(Term term) {
    if (term instanceof Var v) {
      return isBound(v.name());
    } else if (term instanceof RefTerm r) {
      return r.ref().terms().stream().allMatch(this::isClosed);
    } else if (term instanceof ArrayTerm a) {
      return a.elements().stream().allMatch(this::isClosed);
    } else if (term instanceof SetTerm s) {
      return s.elements().stream().allMatch(this::isClosed);
    } else if (term instanceof ObjectTerm o) {
      return o.entries().stream().allMatch(e -> isClosed(e.key()) && isClosed(e.value()));
    }
    return true;
  }
}
