package app.intentgate.rego.parse;

import app.intentgate.rego.ast.Body;
import app.intentgate.rego.ast.Import;
import app.intentgate.rego.ast.PackageDecl;
import app.intentgate.rego.ast.Rule;
import app.intentgate.rego.spi.Location;

/** A statement of a module. */
sealed interface Statement {
  /** Where it starts. */
  Location location();

  /** The package. */
  record OfPackage(PackageDecl decl) implements Statement {
    @Override
    public Location location() {
      return decl.location();
    }
  }

  /** An import. */
  record OfImport(Import decl) implements Statement {
    @Override
    public Location location() {
      return decl.location();
    }
  }

  /** A rule with a body, or a default. */
  record OfRule(Rule rule, WrittenWords words) implements Statement {
    @Override
    public Location location() {
      return rule.location();
    }
  }

  /** Expressions; a rule without a body is one, until it is known to be nothing else. */
  record OfBody(Body body) implements Statement {
    @Override
    public Location location() {
      return body.get(0).location();
    }
  }
}
