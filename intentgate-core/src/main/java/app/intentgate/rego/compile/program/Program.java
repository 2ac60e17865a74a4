package app.intentgate.rego.compile.program;

import app.intentgate.rego.ast.RegoModule;
import app.intentgate.rego.spi.BuiltinRegistry;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Modules after all compiler passes, ready for planning. Immutable and thread-safe.
 *
 * <p>In every body of every rule, query, comprehension, {@code every} and {@code not} block:
 *
 * <ul>
 *   <li>Every ref starts with the variable {@code data} or {@code input}, or with a local variable.
 *       {@code input} and {@code data} alone are refs of one element, never a plain {@code Var}.
 *       Elements of a ref after the first are scalars, variables, or arrays, objects and sets of
 *       them; anything that needs evaluation was hoisted.
 *   <li>The operator of a call names a built-in function or, from {@code data} on, a function of
 *       the program. A call may have one argument more than the function has parameters: the
 *       output, which is a pattern. Calls occur only as expressions ({@code CallExpr}), never
 *       within terms.
 *   <li>Infix operators are calls. {@code =}, {@code :=} and {@code ==} in rules are all {@code eq}
 *       with two arguments; {@code equal} with two arguments remains in queries only.
 *   <li>The two sides of {@code eq}, a lone term, and the domain of {@code every} may be a ref or a
 *       comprehension. Elsewhere (arguments, elements of collections, elements of refs) refs and
 *       comprehensions were hoisted into a generated {@code eq} before the expression. For a
 *       negated expression that is outside of the negation; within a {@code NotBlock} it is inside.
 *   <li>Local variables are unique within the program ({@code __local12__}); {@link #sourceNames}
 *       has the names they were written with. Wildcards keep their unique names ({@code $3}).
 *       Variables that were neither declared nor assigned keep their names and belong to the rule
 *       and branch they occur in; a name that occurs outside of a comprehension, {@code every} or
 *       {@code not} block is the same variable inside of it. {@code some} is gone: {@code some x in
 *       xs} is {@code x = xs[k]}.
 *   <li>Values of {@code with} are ground, variables, or collections of those; or, where the target
 *       is a function, a ref that names a function. Its target is a ref: {@code input…}, {@code
 *       data…} or a built-in's name.
 *   <li>Expressions are in an order in which evaluation from left to right never meets an unbound
 *       variable in a place that needs a value.
 *   <li>Template strings are calls of {@code internal.template_string} with one array of which each
 *       element is a string or a set of at most one value (an empty one is undefined).
 *   <li>Calls of {@code print} are gone; {@code rego.metadata.rule()} and {@code
 *       rego.metadata.chain()} are variables bound to their values.
 * </ul>
 *
 * @param modules the modules as they were parsed, sorted by file
 * @param rules all rules, by {@link CompiledRule#id}
 * @param tree the rules and packages below {@code data}
 * @param graph which rules use which
 * @param sourceNames the name as written of each generated variable that has one
 * @param builtins the functions that are not written in Rego
 * @param strict whether the program was compiled in strict mode
 */
public record Program(
    List<RegoModule> modules,
    List<CompiledRule> rules,
    RuleTree tree,
    RuleGraph graph,
    Map<String, String> sourceNames,
    BuiltinRegistry builtins,
    boolean strict) {
  /** Copies lists and maps. */
  public Program {
    modules = List.copyOf(modules);
    rules = List.copyOf(rules);
    sourceNames = Map.copyOf(sourceNames);
  }

  /** The rules on which others depend first: every rule comes after all that it uses. */
  public List<CompiledRule> sortedRules() {
    return graph.sorted();
  }

  /** The rules that a rule uses directly, by any of its branches. */
  public Set<CompiledRule> dependencies(CompiledRule rule) {
    return graph.dependencies(rule);
  }

  /** The name a variable was written with; its own name when it was not renamed. */
  public String sourceName(String variable) {
    @Nullable String source = sourceNames.get(variable);
    return source == null ? variable : source;
  }
}
