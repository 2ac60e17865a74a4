package app.intentgate.rego.compile.pass;

import app.intentgate.rego.ast.ArrayComprehension;
import app.intentgate.rego.ast.AstTransformer;
import app.intentgate.rego.ast.Body;
import app.intentgate.rego.ast.Every;
import app.intentgate.rego.ast.ExprForm;
import app.intentgate.rego.ast.ObjectComprehension;
import app.intentgate.rego.ast.Ref;
import app.intentgate.rego.ast.RefTerm;
import app.intentgate.rego.ast.SetComprehension;
import app.intentgate.rego.ast.Term;
import app.intentgate.rego.ast.Var;
import app.intentgate.rego.spi.Location;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Replaces the names of rules and imports by full refs, except where a parameter or a declared
 * variable hides them; {@code input} and {@code data} alone become refs. Not thread-safe.
 */
final class RefResolver extends AstTransformer {
  private final Map<String, Ref> globals;
  private final Deque<Set<String>> hidden = new ArrayDeque<>();
  private final Set<String> used = new HashSet<>();

  /** Resolves these names to these full refs. */
  RefResolver(Map<String, Ref> globals) {
    this.globals = globals;
  }

  /** The names that were replaced at least once. */
  Set<String> used() {
    return used;
  }

  /** Runs a rewrite while names are hidden. */
  <T> T hiding(Set<String> names, Supplier<T> rewrite) {
    hidden.push(names);
    try {
      return rewrite.get();
    } finally {
      hidden.pop();
    }
  }

  @Override
  public Term term(Term term) {
    if (term instanceof Var v) {
      if (isGlobal(v)) {
        return new RefTerm(global(v), v.location());
      }
      return RootDocuments.isName(v.name()) ? RootDocuments.whole(v) : v;
    }
    return super.term(term);
  }

  @Override
  public Ref ref(Ref ref) {
    List<Term> oldTail = ref.tail();
    List<Term> tail = terms(oldTail);
    if (ref.head() instanceof Var v) {
      if (isGlobal(v)) {
        return global(v).append(tail);
      }
      return tail == oldTail ? ref : ref.prefix(1).append(tail);
    }
    return new Ref(List.of(term(ref.head()))).append(tail);
  }

  @Override
  public RefTerm operator(RefTerm operator) {
    Ref resolved = ref(operator.ref());
    return resolved == operator.ref() ? operator : new RefTerm(resolved, operator.location());
  }

  @Override
  public ExprForm form(ExprForm form) {
    if (form instanceof Every every) {
      Set<String> names = new HashSet<>(Set.of(every.value().name()));
      if (every.key() != null) {
        names.add(every.key().name());
      }
      return hiding(
          names,
          () -> new Every(every.key(), every.value(), term(every.domain()), body(every.body())));
    }
    return super.form(form);
  }

  @Override
  protected Term comprehension(Term term) {
    Body body;
    if (term instanceof ArrayComprehension c) {
      body = c.body();
    } else if (term instanceof SetComprehension c) {
      body = c.body();
    } else if (term instanceof ObjectComprehension c) {
      body = c.body();
    } else {
      return term;
    }
    return hiding(DeclaredNames.of(body), () -> super.comprehension(term));
  }

  private boolean isGlobal(Var v) {
    return globals.containsKey(v.name()) && hidden.stream().noneMatch(h -> h.contains(v.name()));
  }

  private Ref global(Var v) {
    used.add(v.name());
    Location place = v.location();
    List<Term> terms = new ArrayList<>();
    for (Term t : globals.getOrDefault(v.name(), new Ref(List.of(v))).terms()) {
      terms.add(t.at(place));
    }
    return new Ref(terms);
  }
}
