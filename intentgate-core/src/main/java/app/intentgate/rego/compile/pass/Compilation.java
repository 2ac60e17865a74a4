package app.intentgate.rego.compile.pass;

import app.intentgate.json.JsonObject;
import app.intentgate.rego.ast.Ref;
import app.intentgate.rego.ast.RegoModule;
import app.intentgate.rego.compile.vars.Arities;
import app.intentgate.rego.spi.BuiltinRegistry;
import app.intentgate.rego.spi.BuiltinSignature;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What the passes share and work on: modules, names, errors. Not thread-safe. */
public final class Compilation {
  final List<ModuleUnit> modules = new ArrayList<>();
  final BuiltinRegistry builtins;
  final boolean strict;
  final boolean prints;
  final @Nullable JsonObject checkedData;
  final ErrorSink errors;
  final LocalNames names;
  RuleNode root = RuleNode.root();

  /**
   * Starts on modules.
   *
   * @param sources the modules; they are taken in the order of their files' names
   * @param builtins the functions that are not written in Rego
   * @param strict whether more is an error than must be
   * @param prints whether printing calls stay
   * @param checkedData the base documents that no rule may stand at, or null when it may
   * @param errors takes the errors
   */
  public Compilation(
      List<RegoModule> sources,
      BuiltinRegistry builtins,
      boolean strict,
      boolean prints,
      @Nullable JsonObject checkedData,
      ErrorSink errors) {
    this.builtins = builtins;
    this.strict = strict;
    this.prints = prints;
    this.checkedData = checkedData;
    this.errors = errors;
    List<RegoModule> sorted = new ArrayList<>(sources);
    sorted.sort(Comparator.comparing(m -> m.location().file()));
    sorted.forEach(m -> modules.add(new ModuleUnit(m)));
    this.names = LocalNames.forModules(sorted);
  }

  /** The arities of built-in functions, and of rules once the rule tree is built. */
  Arities arities() {
    return operator -> arity(builtins, root, operator);
  }

  /** The number of parameters of a built-in function, or of the rules at a path. */
  static int arity(BuiltinRegistry builtins, RulePlace root, Ref operator) {
    BuiltinSignature signature = builtins.signature(operator.dotted());
    if (signature != null) {
      return signature.arity();
    }
    RulePlace place = root.find(operator);
    return place == null || !place.hasRules() ? Arities.UNDEFINED : place.arity();
  }

  void forEachRule(Consumer<RuleUnit> action) {
    modules.forEach(m -> m.rules.forEach(action));
  }

  void forEachBranch(Consumer<BranchUnit> action) {
    forEachRule(r -> r.branches.forEach(action));
  }
}
