package app.intentgate.rego.compile.pass;

import app.intentgate.rego.ast.ArrayComprehension;
import app.intentgate.rego.ast.AstVisitor;
import app.intentgate.rego.ast.Body;
import app.intentgate.rego.ast.CallTerm;
import app.intentgate.rego.ast.Head;
import app.intentgate.rego.ast.Import;
import app.intentgate.rego.ast.ObjectComprehension;
import app.intentgate.rego.ast.ObjectTerm;
import app.intentgate.rego.ast.Ref;
import app.intentgate.rego.ast.RefTerm;
import app.intentgate.rego.ast.Rule;
import app.intentgate.rego.ast.SetComprehension;
import app.intentgate.rego.ast.SetTerm;
import app.intentgate.rego.ast.TemplateString;
import app.intentgate.rego.ast.Term;
import app.intentgate.rego.ast.Var;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Replaces names of rules of the package, and of imports, by full refs. In strict mode an import
 * that nothing uses is an error.
 */
final class ResolveRefs implements Pass {
  @Override
  public void run(Compilation c) {
    Map<Ref, Map<String, Ref>> exports = new HashMap<>();
    c.forEachRule(
        r ->
            exports
                .computeIfAbsent(r.module.packagePath(), p -> new LinkedHashMap<>())
                .put(r.head().name(), r.module.fullRef(r.head().ref().prefix(1))));
    for (ModuleUnit m : c.modules) {
      Map<String, Ref> rules = exports.getOrDefault(m.packagePath(), Map.of());
      RefResolver resolver = new RefResolver(globals(rules, m.module.imports()));
      for (RuleUnit r : m.rules) {
        r.branches.forEach(b -> resolve(c, resolver, b));
      }
      if (c.strict) {
        reportUnused(c, m, resolver.used());
      }
    }
  }

  /** The names a module or query can use, and what they stand for; imports win. */
  static Map<String, Ref> globals(Map<String, Ref> rules, Iterable<Import> imports) {
    Map<String, Ref> globals = new LinkedHashMap<>(rules);
    for (Import i : imports) {
      if (!isLanguageImport(i)) {
        globals.put(i.name(), i.path());
      }
    }
    return globals;
  }

  /**
   * A rule in which names are replaced, and the names of its parameters and variables are not.
   * Parameters that may not be are left as they are.
   */
  static Rule resolve(RefResolver resolver, Rule rule) {
    Parameters parameters = new Parameters();
    rule.head().args().forEach(parameters::visit);
    Rule next = rule.elseRule() == null ? null : resolve(resolver, rule.elseRule());
    return within(
        resolver,
        parameters.names,
        rule.body(),
        () ->
            rule.withHead(head(resolver, rule.head()))
                .withBody(resolver.body(rule.body()))
                .withElse(next));
  }

  /** Resolves where parameters and what a body declares hide the names of rules and imports. */
  private static <T> T within(
      RefResolver resolver, Set<String> parameters, Body body, Supplier<T> rewrite) {
    return resolver.hiding(parameters, () -> resolver.hiding(DeclaredNames.of(body), rewrite));
  }

  private static Head head(RefResolver resolver, Head head) {
    return resolver.head(head.withArgs(List.of())).withArgs(head.args());
  }

  private static boolean isLanguageImport(Import i) {
    String root = i.path().headName();
    return root.equals("future") || root.equals("rego");
  }

  private static void resolve(Compilation c, RefResolver resolver, BranchUnit b) {
    Parameters parameters = new Parameters();
    b.head.args().forEach(parameters::visit);
    if (parameters.document != null) {
      c.errors.compileError(
          b.location,
          "args must not shadow " + parameters.document + " (use a different variable name)");
      return;
    }
    within(
        resolver,
        parameters.names,
        b.body,
        () -> {
          b.head = head(resolver, b.head);
          b.body = resolver.body(b.body);
          return b;
        });
  }

  private static void reportUnused(Compilation c, ModuleUnit m, Set<String> used) {
    for (Import i : m.module.imports()) {
      if (!isLanguageImport(i) && !used.contains(i.name())) {
        c.errors.compileError(i.location(), text(i) + " unused");
      }
    }
  }

  /** An import as it was written. */
  static String text(Import i) {
    String text = "import " + i.path();
    return i.alias() == null ? text : text + " as " + i.alias();
  }

  /** Finds the variables that the parameters of a function bind. */
  private static final class Parameters extends AstVisitor {
    final Set<String> names = new LinkedHashSet<>();
    @Nullable String document;

    @Override
    protected boolean enterTerm(Term term) {
      String whole = RootDocuments.wholeDocument(term);
      if (whole != null) {
        document = document == null ? whole : document;
        return false;
      }
      if (term instanceof Var v) {
        names.add(v.name());
      } else if (term instanceof ObjectTerm object) {
        // Keys of objects cannot be matched, only their values.
        object.entries().forEach(e -> visit(e.value()));
        return false;
      } else if (term instanceof RefTerm ref) {
        ref.ref().tail().forEach(this::visit);
        if (ref.ref().head() instanceof Var v) {
          names.add(v.name());
        } else {
          visit(ref.ref().head());
        }
        return false;
      }
      return !(term instanceof SetTerm
          || term instanceof CallTerm
          || term instanceof TemplateString
          || term instanceof ArrayComprehension
          || term instanceof SetComprehension
          || term instanceof ObjectComprehension);
    }
  }
}
