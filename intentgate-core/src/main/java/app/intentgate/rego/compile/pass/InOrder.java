package app.intentgate.rego.compile.pass;

import app.intentgate.rego.ast.ObjectTerm;
import app.intentgate.rego.ast.SetTerm;
import app.intentgate.rego.ast.Term;
import app.intentgate.rego.ast.TermOrder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Puts the members of objects and sets into the order of terms, in which OPA names their variables
 * and reports what is wrong with them.
 */
final class InOrder {
  private InOrder() {}

  static Term of(Term term) {
    if (term instanceof ObjectTerm object && object.entries().size() > 1) {
      List<ObjectTerm.Entry> entries = new ArrayList<>(object.entries());
      entries.sort(Comparator.comparing(ObjectTerm.Entry::key, TermOrder.INSTANCE));
      return new ObjectTerm(entries, object.location());
    }
    if (term instanceof SetTerm set && set.elements().size() > 1) {
      List<Term> elements = new ArrayList<>(set.elements());
      elements.sort(TermOrder.INSTANCE);
      return new SetTerm(elements, set.location());
    }
    return term;
  }
}
