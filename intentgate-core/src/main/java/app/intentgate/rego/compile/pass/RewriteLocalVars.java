package app.intentgate.rego.compile.pass;

import app.intentgate.rego.ast.ArrayTerm;
import app.intentgate.rego.ast.AstTransformer;
import app.intentgate.rego.ast.CallTerm;
import app.intentgate.rego.ast.Head;
import app.intentgate.rego.ast.ObjectTerm;
import app.intentgate.rego.ast.RefTerm;
import app.intentgate.rego.ast.ScalarTerm;
import app.intentgate.rego.ast.TemplateString;
import app.intentgate.rego.ast.Term;
import app.intentgate.rego.ast.Var;
import app.intentgate.rego.compile.vars.VarScan;
import app.intentgate.rego.spi.RegoError;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Gives parameters and declared variables names of their own, in rules and their else branches. In
 * strict mode variables and parameters that nothing uses are errors.
 */
final class RewriteLocalVars implements Pass {
  @Override
  public void run(Compilation c) {
    c.forEachRule(r -> rewrite(c, r));
  }

  private static void rewrite(Compilation c, RuleUnit rule) {
    Set<String> unusedArgs = new LinkedHashSet<>();
    if (c.strict) {
      unusedArgs.addAll(VarScan.of(VarScan.Scope.ALL, rule.head().args()));
    }
    Scopes parameters = new Scopes();
    List<Term> args = new Parameters(c, parameters).terms(rule.head().args());
    for (BranchUnit b : rule.branches) {
      b.head = b.head.withArgs(args);
      Scopes scopes = parameters.copy();
      rewrite(c, b, scopes, unusedArgs);
      unusedArgs.removeIf(a -> scopes.count(a) > 1);
    }
    for (String a : unusedArgs) {
      if (!a.startsWith(Var.WILDCARD_PREFIX)) {
        c.errors.compileError(
            rule.head().location(),
            "unused argument " + a + ". (hint: use _ (wildcard variable) instead)");
      }
    }
  }

  private static void rewrite(Compilation c, BranchUnit b, Scopes scopes, Set<String> unusedArgs) {
    List<RegoError> errors = new ArrayList<>();
    Head head = new HeadClosures(c, errors).head(b.head);
    c.errors.addAll(errors);
    errors.clear();
    List<Term> outside = new ArrayList<>(head.ref().tail());
    if (head.key() != null) {
      outside.add(head.key());
    }
    if (head.value() != null) {
      outside.add(head.value());
      unusedArgs.removeAll(VarScan.of(VarScan.Scope.ALL, head.value()));
    }
    Set<String> used = VarScan.of(VarScan.Scope.ALL, outside);
    b.body = new LocalVarRewriter(c.names, scopes, errors, c.strict).body(b.body, used);
    b.head = new Renaming(scopes.innermost()).head(head);
    c.errors.addAll(errors);
  }

  /** Renames the variables in parameters. */
  private static final class Parameters extends AstTransformer {
    private final Compilation c;
    private final Scopes scopes;

    Parameters(Compilation c, Scopes scopes) {
      this.c = c;
      this.scopes = scopes;
    }

    @Override
    public Term term(Term term) {
      if (term instanceof Var v) {
        Scopes.Entry e = scopes.find(v.name());
        if (e == null) {
          String renamed = c.names.freshFor(v.name());
          scopes.add(v.name(), renamed, Scopes.Occurrence.ARG, null);
          return new Var(renamed, v.location());
        }
        e.count++;
        return new Var(e.renamed, v.location());
      }
      if (term instanceof ObjectTerm object) {
        List<ObjectTerm.Entry> entries = new ArrayList<>();
        object.entries().forEach(e -> entries.add(new ObjectTerm.Entry(e.key(), term(e.value()))));
        return new ObjectTerm(entries, object.location());
      }
      if (term instanceof CallTerm) {
        c.errors.compileError(term.location(), "rule arguments cannot contain calls");
        return term;
      }
      return term instanceof ArrayTerm || term instanceof RefTerm ? super.term(term) : term;
    }
  }

  /** Renames what comprehensions and templates in a head declare; the body knows none of it. */
  private static final class HeadClosures extends AstTransformer {
    private final Compilation c;
    private final List<RegoError> errors;

    HeadClosures(Compilation c, List<RegoError> errors) {
      this.c = c;
      this.errors = errors;
    }

    @Override
    public Term term(Term term) {
      if (term instanceof TemplateString) {
        return new LocalVarRewriter(c.names, new Scopes(), errors, c.strict).term(term);
      }
      return super.term(InOrder.of(term));
    }

    @Override
    protected Term comprehension(Term term) {
      if (term instanceof ScalarTerm || term instanceof Var) {
        return term;
      }
      return new LocalVarRewriter(c.names, new Scopes(), errors, c.strict).term(term);
    }
  }

  /** Renames variables of a head that parameters or the body declare. */
  private static final class Renaming extends AstTransformer {
    private final Map<String, Scopes.Entry> declared;

    Renaming(Map<String, Scopes.Entry> declared) {
      this.declared = declared;
    }

    @Override
    public Term term(Term term) {
      if (term instanceof Var v) {
        Scopes.Entry e = declared.get(v.name());
        return e == null || e.renamed.equals(e.name) ? v : new Var(e.renamed, v.location());
      }
      return super.term(term);
    }
  }
}
