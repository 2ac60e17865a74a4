package app.intentgate.rego.ast;

import app.intentgate.rego.spi.Location;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The built-in functions behind Rego's infix operators. */
public final class Operators {
  /** {@code =}. */
  public static final String UNIFY = "eq";

  /** {@code :=}. */
  public static final String ASSIGN = "assign";

  /** {@code ==}. */
  public static final String EQUAL = "equal";

  /** {@code x in xs}. */
  public static final String MEMBER = "internal.member_2";

  /** {@code k, x in xs}. */
  public static final String MEMBER_WITH_KEY = "internal.member_3";

  private static final Map<String, String> BY_NAME =
      Map.ofEntries(
          Map.entry(UNIFY, "="),
          Map.entry(ASSIGN, ":="),
          Map.entry(EQUAL, "=="),
          Map.entry("neq", "!="),
          Map.entry("lt", "<"),
          Map.entry("lte", "<="),
          Map.entry("gt", ">"),
          Map.entry("gte", ">="),
          Map.entry("plus", "+"),
          Map.entry("minus", "-"),
          Map.entry("mul", "*"),
          Map.entry("div", "/"),
          Map.entry("rem", "%"),
          Map.entry("and", "&"),
          Map.entry("or", "|"));

  private Operators() {}

  /** The symbol of a built-in such as {@code lte}, or null when it is not written infix. */
  public static @Nullable String symbolOf(String name) {
    return BY_NAME.get(name);
  }

  /** The dotted name of a built-in as an operator. */
  public static RefTerm operator(String dottedName, Location location) {
    String[] parts = dottedName.split("\\.", -1);
    List<Term> terms = new java.util.ArrayList<>();
    terms.add(new Var(parts[0], location));
    for (int i = 1; i < parts.length; i++) {
      terms.add(ScalarTerm.string(parts[i], location));
    }
    return new RefTerm(new Ref(terms), location);
  }

  /** A call of a built-in as a term. */
  public static CallTerm call(String dottedName, Location location, Term... args) {
    return new CallTerm(operator(dottedName, location), List.of(args), location);
  }

  /** A call of a built-in as what an expression says. */
  public static CallExpr callForm(String dottedName, Location location, Term... args) {
    return new CallExpr(operator(dottedName, location), List.of(args));
  }
}
