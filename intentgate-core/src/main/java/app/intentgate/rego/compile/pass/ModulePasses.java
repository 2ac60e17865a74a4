package app.intentgate.rego.compile.pass;

import java.util.List;

/** The passes over modules, in the order in which they run and their errors come. */
public final class ModulePasses {
  private static final List<Pass> ALL =
      List.of(
          new ResolveRefs(),
          new RewriteHeadRefs(),
          new CheckKeywordOverrides(),
          new CheckDuplicateImports(),
          new BuildRuleTree(),
          new RewriteLocalVars(),
          TemplateStrings::rewrite,
          VoidCalls::check,
          PrintCalls::rewrite,
          ExprTerms::rewrite,
          new MetadataCalls(),
          HeadTerms::rewriteComprehensions,
          HeadTerms::rewriteRules,
          WithValues::rewrite,
          new CheckRuleConflicts(),
          CheckCalls::check,
          new CheckHeadSafety(),
          new CheckBodySafety(),
          Equalities::rewrite,
          DynamicTerms::rewrite,
          new CheckRecursion());

  private ModulePasses() {}

  /** Runs all passes, up to the first that reports errors. */
  public static void run(Compilation c) {
    for (Pass p : ALL) {
      p.run(c);
      if (c.errors.hasErrors()) {
        return;
      }
    }
  }

  /** Refuses calls of deprecated functions: the last pass, after the types are checked. */
  public static void checkDeprecated(Compilation c) {
    DeprecatedCalls.check(c);
  }
}
