package app.intentgate.rego.compile.pass;

import app.intentgate.rego.ast.Body;
import app.intentgate.rego.ast.Var;
import app.intentgate.rego.compile.vars.VarScan;
import app.intentgate.rego.spi.ErrorCode;
import app.intentgate.rego.spi.Location;
import app.intentgate.rego.spi.RegoError;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Reports variables that a body declares and nothing uses: declared ones always, assigned ones in
 * strict mode. Keeps quiet when there are other errors. Not thread-safe.
 */
final class UnusedVars {
  private final Scopes scopes;
  private final List<RegoError> errors;
  private final boolean strict;

  UnusedVars(Scopes scopes, List<RegoError> errors, boolean strict) {
    this.scopes = scopes;
    this.errors = errors;
    this.strict = strict;
  }

  /**
   * Checks the variables of the innermost scope.
   *
   * @param body the body as written
   * @param rewritten the body with renamed variables
   * @param used the variables, as written, that are used outside of the body
   */
  void check(Body body, Body rewritten, Set<String> used) {
    if (strict && errors.isEmpty()) {
      checkAssigned(body, used);
    }
    if (errors.isEmpty()) {
      checkDeclared(body, rewritten, used);
    }
  }

  private void checkAssigned(Body body, Set<String> used) {
    for (Scopes.Entry e : scopes.innermost().values()) {
      if (e.occurrence == Scopes.Occurrence.ASSIGNED
          && e.count <= 1
          && !isWildcard(e.name)
          && !used.contains(e.name)) {
        report(e, "assigned var ", body);
      }
    }
  }

  private void checkDeclared(Body body, Body rewritten, Set<String> used) {
    Set<String> inBody = new HashSet<>();
    for (Scopes.Entry e : scopes.innermost().values()) {
      if (e.occurrence == Scopes.Occurrence.DECLARED
          && !used.contains(e.name)
          && !e.name.startsWith("__local")) {
        if (inBody.isEmpty()) {
          inBody.addAll(VarScan.of(VarScan.Scope.ALL, rewritten));
        }
        if (!inBody.contains(e.renamed)) {
          report(e, "declared var ", body);
        }
      }
    }
  }

  private void report(Scopes.Entry e, String what, Body body) {
    Location place = e.place == null ? body.get(0).location() : e.place;
    String name = isWildcard(e.name) ? "_" : e.name;
    errors.add(RegoError.of(ErrorCode.COMPILE, place, what + name + " unused"));
  }

  private static boolean isWildcard(String name) {
    return name.startsWith(Var.WILDCARD_PREFIX);
  }
}
