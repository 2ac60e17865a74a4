package app.intentgate.rego.compile.pass;

import app.intentgate.rego.ast.Body;
import app.intentgate.rego.ast.Import;
import app.intentgate.rego.ast.Ref;
import app.intentgate.rego.compile.program.CompiledQuery;
import app.intentgate.rego.compile.program.Program;
import app.intentgate.rego.compile.vars.Arities;
import app.intentgate.rego.compile.vars.BodySafety;
import app.intentgate.rego.spi.RegoError;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The passes over a query. Not thread-safe. */
public final class QueryPasses {
  private final Program program;
  private final List<Import> imports;
  private final boolean prints;
  private final ErrorSink errors;
  private final LocalNames names;
  private final RulePlace root;
  private Body body;

  /**
   * Starts on a query.
   *
   * @param program what the query asks about
   * @param query the query as it was parsed
   * @param imports the names the query may use besides {@code input} and {@code data}
   * @param prints whether printing calls stay
   * @param errors takes the errors
   */
  public QueryPasses(
      Program program, Body query, List<Import> imports, boolean prints, ErrorSink errors) {
    this.program = program;
    this.body = query;
    this.imports = imports;
    this.prints = prints;
    this.errors = errors;
    this.names = LocalNames.forQuery(query);
    this.root = RulePlace.of(program.tree());
  }

  /** Runs all passes, up to the first that reports errors. */
  public void run() {
    Arities arities = operator -> Compilation.arity(program.builtins(), root, operator);
    List<Runnable> passes =
        List.of(
            this::checkKeywordOverrides,
            this::resolveRefs,
            this::rewriteLocalVars,
            () -> body = new TemplateStrings(names, errors).body(body),
            () -> new VoidCalls(program.builtins(), errors).visit(body),
            () -> body = new PrintCalls(prints ? names : null, errors).body(body),
            () -> body = new ExprTerms(names).body(body),
            () -> body = new HeadTerms(names).body(body),
            () -> body = new WithValues(names, root, program.builtins(), errors).body(body),
            () -> new CheckCalls(names, program.builtins(), arities, errors).visit(body),
            () -> checkSafety(arities),
            () -> body = Equalities.ofQueries().body(body),
            () -> body = new DynamicTerms(names).body(body));
    for (Runnable pass : passes) {
      pass.run();
      if (errors.hasErrors()) {
        return;
      }
    }
  }

  /** Refuses calls of deprecated functions: the last pass, after the types are checked. */
  public void checkDeprecated() {
    if (program.strict()) {
      new DeprecatedCalls(program.builtins(), errors).visit(body);
    }
  }

  /** The query as the passes left it. */
  public CompiledQuery result() {
    return new CompiledQuery(body, names.sourceNames());
  }

  private void checkKeywordOverrides() {
    if (program.strict()) {
      new CheckKeywordOverrides.Assignments(errors).visit(body);
    }
  }

  private void resolveRefs() {
    Map<String, Ref> globals = ResolveRefs.globals(Map.of(), imports);
    RefResolver resolver = new RefResolver(globals);
    body = resolver.hiding(DeclaredNames.of(body), () -> resolver.body(body));
  }

  private void rewriteLocalVars() {
    List<RegoError> found = new ArrayList<>();
    LocalVarRewriter rewriter = new LocalVarRewriter(names, new Scopes(), found, program.strict());
    body = rewriter.body(body, Set.of());
    errors.addAll(found);
  }

  private void checkSafety(Arities arities) {
    BodySafety safety = new BodySafety(arities);
    body = safety.order(body, RootDocuments.NAMES);
    errors.addAll(safety.unsafe().errors(names::sourceName));
  }
}
