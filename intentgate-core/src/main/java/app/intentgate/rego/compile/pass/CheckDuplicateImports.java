package app.intentgate.rego.compile.pass;

import app.intentgate.rego.ast.Import;
import java.util.HashMap;
import java.util.Map;

/** Refuses two imports under one name, in modules of Rego v1 and in strict mode. */
final class CheckDuplicateImports implements Pass {
  @Override
  public void run(Compilation c) {
    for (ModuleUnit m : c.modules) {
      if (c.strict || m.module.version().isStrict()) {
        Map<String, Import> byName = new HashMap<>();
        for (Import i : m.module.imports()) {
          Import before = byName.putIfAbsent(i.name(), i);
          if (before != null) {
            c.errors.compileError(
                i.location(), "import must not shadow " + ResolveRefs.text(before));
          }
        }
      }
    }
  }
}
