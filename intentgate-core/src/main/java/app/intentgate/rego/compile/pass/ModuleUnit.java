package app.intentgate.rego.compile.pass;

import app.intentgate.rego.ast.Ref;
import app.intentgate.rego.ast.RegoModule;
import app.intentgate.rego.ast.Rule;
import app.intentgate.rego.ast.ScalarTerm;
import java.util.ArrayList;
import java.util.List;

/** A module while passes work on it. Not thread-safe. */
final class ModuleUnit {
  final RegoModule module;
  final List<RuleUnit> rules = new ArrayList<>();

  ModuleUnit(RegoModule module) {
    this.module = module;
    for (Rule r : module.rules()) {
      rules.add(new RuleUnit(this, r));
    }
  }

  /** The path of the package, from {@code data}. */
  Ref packagePath() {
    return module.packageDecl().path();
  }

  /** A ref of the package, {@code a.b}, as a full path from {@code data}. */
  Ref fullRef(Ref ref) {
    ScalarTerm name = ScalarTerm.string(ref.headName(), ref.head().location());
    return packagePath().append(name).append(ref.tail());
  }

  /** The package as sources write it, without {@code data}. */
  String packageName() {
    Ref path = packagePath();
    if (path.size() == 1) {
      return "";
    }
    String full = path.toString();
    return full.startsWith("data.") ? full.substring("data.".length()) : full;
  }
}
