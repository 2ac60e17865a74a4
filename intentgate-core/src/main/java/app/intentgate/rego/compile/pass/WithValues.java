package app.intentgate.rego.compile.pass;

import app.intentgate.rego.ast.AstTransformer;
import app.intentgate.rego.ast.Body;
import app.intentgate.rego.ast.Expr;
import app.intentgate.rego.ast.Operators;
import app.intentgate.rego.ast.Ref;
import app.intentgate.rego.ast.RefTerm;
import app.intentgate.rego.ast.Term;
import app.intentgate.rego.ast.Var;
import app.intentgate.rego.ast.With;
import app.intentgate.rego.spi.BuiltinRegistry;
import app.intentgate.rego.spi.BuiltinSignature;
import app.intentgate.rego.spi.ErrorCode;
import app.intentgate.rego.spi.RegoError;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Checks what {@code with} replaces, and by what; values that have to be evaluated move before the
 * expression. Not thread-safe.
 */
final class WithValues extends AstTransformer {
  private static final String BUILTIN = "with keyword replacing built-in function: ";
  private static final Set<String> IRREPLACEABLE =
      Set.of(Operators.UNIFY, "rego.metadata.chain", "rego.metadata.rule");

  private final LocalNames names;
  private final RulePlace root;
  private final BuiltinRegistry builtins;
  private final ErrorSink errors;

  WithValues(LocalNames names, RulePlace root, BuiltinRegistry builtins, ErrorSink errors) {
    this.names = names;
    this.root = root;
    this.builtins = builtins;
    this.errors = errors;
  }

  /** The pass over modules. */
  static void rewrite(Compilation c) {
    WithValues rewriter = new WithValues(c.names, c.root, c.builtins, c.errors);
    c.forEachBranch(
        b -> {
          b.head = rewriter.head(b.head);
          b.body = rewriter.body(b.body);
        });
  }

  /** Ends work on a body whose replacements are wrong. */
  private static final class Refused extends Exception {
    private static final long serialVersionUID = 1L;
    private final transient RegoError error;

    Refused(String code, Term place, String message) {
      super(message, null, false, false);
      this.error = RegoError.of(code, place.location(), message);
    }
  }

  @Override
  public Body body(Body body) {
    Body inner = super.body(body);
    if (inner.exprs().stream().allMatch(e -> e.withs().isEmpty())) {
      return inner;
    }
    List<Expr> exprs = new ArrayList<>(inner.size());
    try {
      for (Expr e : inner) {
        exprs.add(replacements(e, exprs));
      }
    } catch (Refused e) {
      errors.add(e.error);
      return inner;
    }
    return new Body(exprs);
  }

  private Expr replacements(Expr expr, List<Expr> before) throws Refused {
    if (expr.withs().isEmpty()) {
      return expr;
    }
    List<With> withs = new ArrayList<>();
    for (With w : expr.withs()) {
      Term target = builtinAsRef(w.target());
      Term value = builtinAsRef(w.value());
      if (mustBeEvaluated(target, value)) {
        LocalNames.Capture capture = names.capture(value);
        before.add(capture.expr());
        value = capture.variable();
      }
      withs.add(new With(target, value, w.location()));
    }
    return expr.withWiths(withs);
  }

  /** Names of built-in functions become refs, even those of one element. */
  private Term builtinAsRef(Term t) {
    return t instanceof Var v && builtins.signature(v.name()) != null
        ? new RefTerm(new Ref(List.of(v)), v.location())
        : t;
  }

  private @Nullable BuiltinSignature builtin(Term t) {
    return t instanceof RefTerm r ? builtins.signature(r.ref().dotted()) : null;
  }

  private boolean mustBeEvaluated(Term target, Term value) throws Refused {
    BuiltinSignature builtin = builtin(target);
    if (builtin != null) {
      checkBuiltin(builtin, target);
      return !namesFunction(value) && Evaluated.test(value);
    }
    if (!(target instanceof RefTerm r) || !RootDocuments.isName(r.ref().headName())) {
      throw new Refused(
          ErrorCode.TYPE,
          target,
          "with keyword target must reference existing input, data, or a function");
    }
    if (r.ref().headName().equals(RootDocuments.DATA)) {
      if (checkData(r) && namesFunction(value)) {
        return false;
      }
      RulePlace named = value instanceof RefTerm v ? root.find(v.ref()) : null;
      if (named != null && named.hasFunction()) {
        return false;
      }
    }
    return Evaluated.test(value);
  }

  /** Whether a path from {@code data} names a function; refuses what is below a rule. */
  private boolean checkData(RefTerm target) throws Refused {
    RulePlace node = root;
    Ref ref = target.ref();
    for (int i = 1; i < ref.size() - 1; i++) {
      RulePlace child = node.child(ref.get(i));
      if (child == null) {
        return false;
      }
      if (child.hasRules()) {
        throw new Refused(
            ErrorCode.COMPILE, target, "with keyword cannot partially replace virtual document(s)");
      }
      node = child;
    }
    RulePlace last = ref.size() == 1 ? null : node.child(ref.last());
    return last != null && last.hasFunction();
  }

  /** Whether a replacement names a rule, a function or a package rather than being a value. */
  private boolean namesFunction(Term value) {
    return builtin(value) != null || (value instanceof RefTerm r && root.find(r.ref()) != null);
  }

  private static void checkBuiltin(BuiltinSignature builtin, Term target) throws Refused {
    String name = builtin.name();
    String refusal = null;
    if (IRREPLACEABLE.contains(name)) {
      refusal = "replacement of \"" + name + "\" invalid";
    } else if (name.startsWith("internal.")) {
      refusal = "replacement of internal function \"" + name + "\" invalid";
    } else if (builtin.isRelation()) {
      refusal = "target must not be a relation";
    } else if (builtin.result() == null) {
      refusal = "target must not be a void function";
    }
    if (refusal != null) {
      throw new Refused(ErrorCode.COMPILE, target, BUILTIN + refusal);
    }
  }
}
