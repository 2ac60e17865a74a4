package app.intentgate.rego.compile.pass;

import app.intentgate.rego.compile.program.CompiledRule;
import app.intentgate.rego.compile.program.Program;
import app.intentgate.rego.compile.program.RuleBranch;
import app.intentgate.rego.compile.program.RuleGraph;
import app.intentgate.rego.compile.program.RuleTree;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Makes a program of modules that went through all passes. */
public final class Assembly {
  private Assembly() {}

  /** The program; the modules must be free of errors. */
  public static Program assemble(Compilation c) {
    Map<RuleUnit, CompiledRule> compiled = new LinkedHashMap<>();
    c.forEachRule(r -> compiled.put(r, rule(compiled.size(), r)));
    RuleTree.Builder tree = RuleTree.Builder.root();
    c.modules.forEach(m -> tree.addPackage(m.packagePath()));
    compiled.values().forEach(tree::add);
    Map<BranchUnit, Set<RuleUnit>> uses = Dependencies.of(c);
    Map<CompiledRule, Set<CompiledRule>> edges = new LinkedHashMap<>();
    compiled.forEach(
        (unit, rule) -> {
          Set<CompiledRule> used = new LinkedHashSet<>();
          for (BranchUnit b : unit.branches) {
            for (RuleUnit u : uses.getOrDefault(b, Set.of())) {
              CompiledRule target = compiled.get(u);
              if (target != null) {
                used.add(target);
              }
            }
          }
          edges.put(rule, used);
        });
    return new Program(
        c.modules.stream().map(m -> m.module).toList(),
        List.copyOf(compiled.values()),
        tree.build(),
        new RuleGraph(edges),
        c.names.sourceNames(),
        c.builtins,
        c.strict);
  }

  private static CompiledRule rule(int id, RuleUnit unit) {
    List<RuleBranch> branches = new ArrayList<>();
    for (BranchUnit b : unit.branches) {
      branches.add(
          new RuleBranch(
              unit.fullRef(b), b.head.args(), b.head.key(), b.head.value(), b.body, b.location));
    }
    return new CompiledRule(id, unit.kind(), branches, unit.source, unit.module.module);
  }
}
