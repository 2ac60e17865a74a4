package app.intentgate.rego.ast;

import app.intentgate.json.JsonValue;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A total order of terms: by kind (scalars by Rego's order of values, then variables, refs, arrays,
 * objects, sets, comprehensions, calls, templates), then by content. Locations do not count.
 */
public final class TermOrder implements Comparator<Term> {
  /** The order. */
  public static final TermOrder INSTANCE = new TermOrder();

  private TermOrder() {}

  @Override
  public int compare(Term a, Term b) {
    int byKind = Integer.compare(kind(a), kind(b));
    if (byKind != 0) {
      return byKind;
    }
    if (a instanceof ScalarTerm x && b instanceof ScalarTerm y) {
      return JsonValue.compare(x.value(), y.value());
    }
    if (a instanceof Var x && b instanceof Var y) {
      return x.name().compareTo(y.name());
    }
    if (a instanceof RefTerm x && b instanceof RefTerm y) {
      return compareAll(x.ref().terms(), y.ref().terms());
    }
    if (a instanceof ArrayTerm x && b instanceof ArrayTerm y) {
      return compareAll(x.elements(), y.elements());
    }
    if (a instanceof SetTerm x && b instanceof SetTerm y) {
      return compareAll(sorted(x.elements()), sorted(y.elements()));
    }
    if (a instanceof ObjectTerm x && b instanceof ObjectTerm y) {
      return compareAll(flat(x), flat(y));
    }
    if (a instanceof CallTerm x && b instanceof CallTerm y) {
      int byOperator = compare(x.operator(), y.operator());
      return byOperator != 0 ? byOperator : compareAll(x.args(), y.args());
    }
    return a.equals(b) ? 0 : AstPrinter.print(a).compareTo(AstPrinter.print(b));
  }

  private int compareAll(List<Term> a, List<Term> b) {
    for (int i = 0; i < a.size() && i < b.size(); i++) {
      int c = compare(a.get(i), b.get(i));
      if (c != 0) {
        return c;
      }
    }
    return Integer.compare(a.size(), b.size());
  }

  private List<Term> sorted(List<Term> terms) {
    List<Term> copy = new ArrayList<>(terms);
    copy.sort(this);
    return copy;
  }

  private List<Term> flat(ObjectTerm object) {
    List<ObjectTerm.Entry> entries = new ArrayList<>(object.entries());
    entries.sort((x, y) -> compare(x.key(), y.key()));
    List<Term> terms = new ArrayList<>();
    entries.forEach(e -> terms.add(e.key()));
    entries.forEach(e -> terms.add(e.value()));
    return terms;
  }

  private static int kind(Term t) {
    if (t instanceof ScalarTerm s) {
      return s.value().typeOrder();
    }
    if (t instanceof Var) {
      return 4;
    }
    if (t instanceof RefTerm) {
      return 5;
    }
    if (t instanceof ArrayTerm) {
      return 6;
    }
    if (t instanceof ObjectTerm) {
      return 7;
    }
    if (t instanceof SetTerm) {
      return 8;
    }
    if (t instanceof ArrayComprehension) {
      return 9;
    }
    if (t instanceof ObjectComprehension) {
      return 10;
    }
    if (t instanceof SetComprehension) {
      return 11;
    }
    return t instanceof CallTerm ? 12 : 13;
  }
}
