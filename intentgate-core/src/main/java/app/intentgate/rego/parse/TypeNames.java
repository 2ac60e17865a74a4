package app.intentgate.rego.parse;

import app.intentgate.rego.ast.ScalarTerm;
import app.intentgate.rego.ast.Term;
import java.util.Locale;

/** What messages call the kinds of term. */
final class TypeNames {
  private TypeNames() {}

  static String of(Term term) {
    if (term instanceof ScalarTerm s) {
      return switch (s.value().typeOrder()) {
        case 0 -> "null";
        case 1 -> "boolean";
        case 2 -> "number";
        default -> "string";
      };
    }
    String name = term.getClass().getSimpleName().toLowerCase(Locale.ROOT);
    return name.endsWith("term") ? name.substring(0, name.length() - 4) : name;
  }
}
