package app.intentgate.rego.compile.types;

import app.intentgate.rego.ast.Ref;
import app.intentgate.rego.ast.ScalarTerm;
import app.intentgate.rego.ast.Term;
import app.intentgate.rego.ast.Var;
import app.intentgate.rego.compile.program.CompiledQuery;
import app.intentgate.rego.compile.program.CompiledRule;
import app.intentgate.rego.compile.program.Program;
import app.intentgate.rego.compile.program.RuleBranch;
import app.intentgate.rego.compile.program.TypeCheckStage;
import app.intentgate.rego.spi.RegoError;
import app.intentgate.rego.spi.RegoType;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Checks types as OPA does: rules in the order of their dependencies, each with what is known of
 * those before it. Thread-safe; keeps what it knows of the last program for queries against it.
 */
public final class TypeChecker implements TypeCheckStage {
  private static final Comparator<RegoError> BY_PLACE =
      Comparator.comparing((RegoError e) -> e.location().file())
          .thenComparingInt(e -> e.location().row())
          .thenComparingInt(e -> e.location().col());

  /** What was found out about a program. */
  private record Known(Program program, TypeTree tree) {}

  private volatile @Nullable Known last;

  /** A type checker. */
  public TypeChecker() {}

  @Override
  public List<RegoError> check(Program program) {
    List<RegoError> errors = new ArrayList<>();
    last = new Known(program, typesOf(program, errors));
    errors.sort(BY_PLACE);
    return errors;
  }

  @Override
  public List<RegoError> check(Program program, CompiledQuery query) {
    Known known = last;
    TypeTree tree =
        known != null && known.program() == program
            ? known.tree()
            : typesOf(program, new ArrayList<>());
    TermTypes types = new TermTypes(tree);
    List<RegoError> errors = new ArrayList<>();
    new BodyCheck(
            types, program.builtins(), name -> query.sourceNames().getOrDefault(name, name), errors)
        .check(query.body(), new TypeScope(null));
    errors.sort(BY_PLACE);
    return errors;
  }

  private static TypeTree typesOf(Program program, List<RegoError> errors) {
    TypeTree tree = new TypeTree();
    TermTypes types = new TermTypes(tree);
    for (CompiledRule rule : program.sortedRules()) {
      for (RuleBranch branch : rule.branches()) {
        int before = errors.size();
        TypeScope scope = new TypeScope(null);
        new BodyCheck(types, program.builtins(), program::sourceName, errors)
            .check(branch.body(), scope);
        if (errors.size() > before) {
          tree.forget(branch.ref().groundPrefix());
        } else {
          insert(branch, scope, types, tree);
        }
      }
    }
    return tree;
  }

  private static void insert(RuleBranch branch, TypeScope scope, TermTypes types, TypeTree tree) {
    Ref ground = branch.ref().groundPrefix();
    RegoType type;
    if (!branch.args().isEmpty()) {
      type = function(branch, scope, types);
    } else {
      Term content = branch.key() == null ? branch.value() : branch.key();
      RegoType inner = content == null ? null : types.of(content, scope);
      if (inner != null && branch.key() != null) {
        inner = RegoType.setOf(inner);
      }
      type = inner == null ? null : nested(branch.ref(), ground.size(), inner, scope, types);
    }
    if (type == null) {
      tree.forget(ground);
    } else {
      tree.insert(ground, type);
    }
  }

  /** Objects around a type, one for each element of a ref after its ground part. */
  private static @Nullable RegoType nested(
      Ref ref, int from, RegoType inner, TypeScope scope, TermTypes types) {
    RegoType type = inner;
    for (int i = ref.size() - 1; i >= from; i--) {
      RegoType key = types.of(ref.get(i), scope);
      if (key == null) {
        return null;
      }
      type = new RegoType.Obj(Map.of(), key, type);
    }
    return type;
  }

  /** A parameter of which the body says nothing can be anything. */
  private static RegoType function(RuleBranch branch, TypeScope scope, TermTypes types) {
    List<RegoType> parameters = new ArrayList<>();
    for (Term arg : branch.args()) {
      new TermUnifier(types, unknownAsAny(arg, scope)).unify(arg, RegoType.ANY, false);
      parameters.add(Types.orAny(types.of(arg, scope)));
    }
    Term value = branch.value();
    RegoType result = value == null ? null : types.of(value, scope);
    return new RegoType.Function(parameters, Types.orAny(result));
  }

  private static TypeScope unknownAsAny(Term arg, TypeScope scope) {
    if (arg instanceof Var v && scope.get(v.name()) == null) {
      scope.put(v.name(), RegoType.ANY);
    }
    return arg instanceof ScalarTerm ? new TypeScope(scope) : scope;
  }
}
