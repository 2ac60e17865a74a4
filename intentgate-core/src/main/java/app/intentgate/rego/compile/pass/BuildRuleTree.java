package app.intentgate.rego.compile.pass;

/** Hangs packages and rules at their places below {@code data}. */
final class BuildRuleTree implements Pass {
  /**
   * The longest path of a package or rule; what walks the tree goes one call deeper per element.
   */
  private static final int MAX_PATH = 200;

  @Override
  public void run(Compilation c) {
    c.root = RuleNode.root();
    for (ModuleUnit m : c.modules) {
      if (m.packagePath().size() > MAX_PATH) {
        c.errors.compileError(m.module.location(), "package path is too long");
        continue;
      }
      c.root.add(m);
      for (RuleUnit r : m.rules) {
        if (r.fullRef().size() > MAX_PATH) {
          c.errors.compileError(r.location(), "rule path is too long");
        } else {
          c.root.add(r);
        }
      }
    }
  }
}
