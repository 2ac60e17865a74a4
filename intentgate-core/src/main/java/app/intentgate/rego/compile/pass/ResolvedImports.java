package app.intentgate.rego.compile.pass;

import app.intentgate.rego.ast.RegoModule;
import java.util.Map;

/** What a module says when the names of its imports are written out. */
public final class ResolvedImports {
  private ResolvedImports() {}

  /** The module with what its imports stand for in place of their names. */
  public static RegoModule of(RegoModule module) {
    RefResolver resolver = new RefResolver(ResolveRefs.globals(Map.of(), module.imports()));
    return module.withRules(
        module.rules().stream().map(rule -> ResolveRefs.resolve(resolver, rule)).toList());
  }
}
