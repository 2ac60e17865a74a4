package app.intentgate.rego.compile.program;

import app.intentgate.rego.ast.Ref;
import app.intentgate.rego.ast.RegoModule;
import app.intentgate.rego.ast.Rule;
import app.intentgate.rego.spi.Location;
import java.util.List;

/**
 * A rule after all passes, with its {@code else} chain. Compared by identity: two rules written
 * alike are two rules.
 */
public final class CompiledRule {
  private final int id;
  private final RuleKind kind;
  private final List<RuleBranch> branches;
  private final Ref groundRef;
  private final Rule source;
  private final RegoModule module;

  /**
   * A rule.
   *
   * @param id its place in {@link Program#rules()}
   * @param kind what it defines
   * @param branches the rule itself and its else branches, in order; at least one
   * @param source the rule as it was parsed
   * @param module the module it was written in
   */
  public CompiledRule(
      int id, RuleKind kind, List<RuleBranch> branches, Rule source, RegoModule module) {
    this.id = id;
    this.kind = kind;
    this.branches = List.copyOf(branches);
    this.groundRef = branches.get(0).ref().groundPrefix();
    this.source = source;
    this.module = module;
  }

  /** The rule's place in {@link Program#rules()}. */
  public int id() {
    return id;
  }

  /** What the rule defines. */
  public RuleKind kind() {
    return kind;
  }

  /** The rule itself and its else branches; the first whose body holds gives the value. */
  public List<RuleBranch> branches() {
    return branches;
  }

  /** The full path from {@code data}, with the variables of the first branch. */
  public Ref ref() {
    return branches.get(0).ref();
  }

  /** The part of the path before its first variable: where the rule hangs in the rule tree. */
  public Ref groundRef() {
    return groundRef;
  }

  /** Whether it is a {@code default}: its value stands when no other rule of its path gives one. */
  public boolean isDefault() {
    return source.isDefault();
  }

  /** How many parameters it has; 0 when it is no function. */
  public int arity() {
    return branches.get(0).args().size();
  }

  /** The rule as it was parsed. */
  public Rule source() {
    return source;
  }

  /** The module it was written in. */
  public RegoModule module() {
    return module;
  }

  /** Where the rule starts. */
  public Location location() {
    return source.location();
  }

  /** The path as Rego text. */
  @Override
  public String toString() {
    return ref().toString();
  }
}
