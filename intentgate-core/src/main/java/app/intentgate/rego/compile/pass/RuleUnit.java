package app.intentgate.rego.compile.pass;

import app.intentgate.rego.ast.Head;
import app.intentgate.rego.ast.Ref;
import app.intentgate.rego.ast.Rule;
import app.intentgate.rego.compile.program.RuleKind;
import app.intentgate.rego.spi.Location;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A rule with its else chain while passes work on it. Not thread-safe; compared by identity. */
final class RuleUnit {
  final ModuleUnit module;
  final Rule source;
  final List<BranchUnit> branches = new ArrayList<>();

  RuleUnit(ModuleUnit module, Rule source) {
    this.module = module;
    this.source = source;
    for (@Nullable Rule r = source; r != null; r = r.elseRule()) {
      branches.add(new BranchUnit(r));
    }
  }

  BranchUnit first() {
    return branches.get(0);
  }

  Head head() {
    return first().head;
  }

  Location location() {
    return source.location();
  }

  int arity() {
    return head().args().size();
  }

  boolean isMultiValue() {
    return head().isMultiValue();
  }

  /** The full path from {@code data}. */
  Ref fullRef() {
    return fullRef(first());
  }

  /** The full path from {@code data} that a branch has. */
  Ref fullRef(BranchUnit branch) {
    return module.fullRef(branch.head.ref());
  }

  /** What the rule defines. */
  RuleKind kind() {
    if (head().isFunction()) {
      return RuleKind.FUNCTION;
    }
    if (isMultiValue()) {
      return RuleKind.PARTIAL_SET;
    }
    return head().ref().isGround() ? RuleKind.COMPLETE : RuleKind.PARTIAL_OBJECT;
  }
}
