package app.intentgate.rego.compile.pass;

import app.intentgate.rego.ast.Ref;
import app.intentgate.rego.ast.RefTerm;
import app.intentgate.rego.ast.Term;
import app.intentgate.rego.ast.Var;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The two documents every policy can see: {@code data} and {@code input}. */
final class RootDocuments {
  static final String DATA = "data";
  static final String INPUT = "input";

  /** Their names; as variables they always have values. */
  static final Set<String> NAMES = Set.of(DATA, INPUT);

  private RootDocuments() {}

  static boolean isName(String name) {
    return NAMES.contains(name);
  }

  /** The document that a term is as a whole: {@code input} but not {@code input.x}; or null. */
  static @Nullable String wholeDocument(Term term) {
    if (term instanceof Var v) {
      return isName(v.name()) ? v.name() : null;
    }
    return term instanceof RefTerm r && r.ref().size() == 1 ? wholeDocument(r.ref().head()) : null;
  }

  /** The ref of one element that stands for a document. */
  static RefTerm whole(Var name) {
    return new RefTerm(new Ref(List.of(name)), name.location());
  }
}
