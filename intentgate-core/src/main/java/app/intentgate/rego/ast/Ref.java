package app.intentgate.rego.ast;

import app.intentgate.json.JsonString;
import app.intentgate.rego.spi.Location;
import java.util.ArrayList;
import java.util.List;

/**
 * A path into something: {@code data.a[x].b} is the variable {@code data}, the string {@code "a"},
 * the variable {@code x} and the string {@code "b"}. The head is usually a {@link Var}; {@code {1,
 * 2}[x]} and {@code f(x).y} have other terms there.
 *
 * @param terms the elements, at least one
 */
public record Ref(List<Term> terms) {
  /** Copies the list. */
  public Ref {
    terms = List.copyOf(terms);
    if (terms.isEmpty()) {
      throw new IllegalArgumentException("a ref has at least one element");
    }
  }

  /** A ref of a head variable and string elements, without places. */
  public static Ref of(String head, String... path) {
    List<Term> terms = new ArrayList<>(path.length + 1);
    terms.add(new Var(head, Location.NONE));
    for (String p : path) {
      terms.add(ScalarTerm.string(p, Location.NONE));
    }
    return new Ref(terms);
  }

  /** The first element. */
  public Term head() {
    return terms.get(0);
  }

  /** The name of the head variable; empty when the head is no variable. */
  public String headName() {
    return head() instanceof Var v ? v.name() : "";
  }

  /** The last element. */
  public Term last() {
    return terms.get(terms.size() - 1);
  }

  /** How many elements, the head included. */
  public int size() {
    return terms.size();
  }

  /** One element. */
  public Term get(int index) {
    return terms.get(index);
  }

  /** The ref with more elements at its end. */
  public Ref append(List<? extends Term> more) {
    List<Term> all = new ArrayList<>(terms.size() + more.size());
    all.addAll(terms);
    all.addAll(more);
    return new Ref(all);
  }

  /** The ref with one more element. */
  public Ref append(Term more) {
    return append(List.of(more));
  }

  /** The first so many elements. */
  public Ref prefix(int length) {
    return length == terms.size() ? this : new Ref(terms.subList(0, length));
  }

  /** Everything after the head. */
  public List<Term> tail() {
    return terms.subList(1, terms.size());
  }

  /** Whether the other ref's elements are this one's first. */
  public boolean startsWith(Ref other) {
    return other.size() <= size() && terms.subList(0, other.size()).equals(other.terms);
  }

  /** Whether every element after the head is ground. */
  public boolean isGround() {
    for (int i = 1; i < terms.size(); i++) {
      if (!terms.get(i).isGround()) {
        return false;
      }
    }
    return true;
  }

  /** The longest prefix of which every element after the head is ground. */
  public Ref groundPrefix() {
    int n = 1;
    while (n < terms.size() && terms.get(n).isGround()) {
      n++;
    }
    return prefix(n);
  }

  /** The longest prefix of which every element after the head is a string. */
  public Ref stringPrefix() {
    int n = 1;
    while (n < terms.size() && isString(terms.get(n))) {
      n++;
    }
    return prefix(n);
  }

  /** Whether it is this variable followed by these strings, and no more. */
  public boolean isStringPath(String head, String... path) {
    return size() == path.length + 1 && startsWithStringPath(head, path);
  }

  /** Whether it starts with this variable followed by these strings. */
  public boolean startsWithStringPath(String head, String... path) {
    if (size() < path.length + 1 || !headName().equals(head)) {
      return false;
    }
    for (int i = 0; i < path.length; i++) {
      if (!(terms.get(i + 1) instanceof ScalarTerm s && path[i].equals(s.asString()))) {
        return false;
      }
    }
    return true;
  }

  /**
   * The name of a function: head and strings joined by dots. Elements that are no strings are
   * printed as Rego text in brackets.
   */
  public String dotted() {
    StringBuilder out = new StringBuilder(headName());
    for (Term t : tail()) {
      if (t instanceof ScalarTerm s && s.value() instanceof JsonString text) {
        out.append('.').append(text.value());
      } else {
        out.append('[').append(AstPrinter.print(t)).append(']');
      }
    }
    return out.toString();
  }

  private static boolean isString(Term t) {
    return t instanceof ScalarTerm s && s.isString();
  }

  /** As Rego text. */
  @Override
  public String toString() {
    return AstPrinter.print(this);
  }
}
