package app.intentgate.rego.plan;

import app.intentgate.json.JsonArray;
import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonSet;
import app.intentgate.json.JsonValue;
import app.intentgate.rego.ast.CallExpr;
import app.intentgate.rego.ast.Expr;
import app.intentgate.rego.ast.Operators;
import app.intentgate.rego.ast.RefTerm;
import app.intentgate.rego.ast.Term;
import app.intentgate.rego.ast.Var;
import app.intentgate.rego.compile.program.RuleBranch;
import app.intentgate.rego.eval.Operand;
import app.intentgate.rego.eval.Operands;
import app.intentgate.rego.eval.RuleIndex.Condition;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a rule asks of the input or of its arguments before anything else can make it hold: {@code
 * input.tool == "x"}, {@code input.tool in {"x", "y"}}, a constant parameter. Only expressions that
 * are neither negated nor under a {@code with} count.
 */
final class IndexConditions {
  private final Map<String, Subject> subjects = new HashMap<>();
  private final Map<String, JsonValue> constants = new HashMap<>();
  private final List<Condition> conditions = new ArrayList<>();

  /** Something an index can look at: a path into the input, or an argument. */
  private record Subject(Object key, Operand operand) {}

  private record Argument(int index) {}

  private IndexConditions() {}

  /**
   * The conditions of a branch.
   *
   * @param given the patterns for the first slots of the frame
   */
  static List<Condition> of(RuleBranch branch, List<Term> given) {
    IndexConditions c = new IndexConditions();
    for (int i = 0; i < given.size(); i++) {
      Subject argument = new Subject(new Argument(i), Operands.slot(i));
      JsonValue constant = Constants.of(given.get(i));
      if (constant != null) {
        c.conditions.add(new Condition(argument.key, argument.operand, Set.of(constant)));
      } else if (given.get(i) instanceof Var v) {
        c.subjects.putIfAbsent(v.name(), argument);
      }
    }
    for (Expr expr : branch.body()) {
      if (!expr.negated() && expr.withs().isEmpty() && expr.form() instanceof CallExpr call) {
        c.add(call);
      }
    }
    return c.conditions;
  }

  private void add(CallExpr call) {
    if (call.args().size() != 2) {
      return;
    }
    Term left = call.args().get(0);
    Term right = call.args().get(1);
    if (call.operatorName().equals(Operators.UNIFY)) {
      equal(left, right);
    } else if (call.operatorName().equals(Operators.MEMBER)) {
      Subject subject = subject(left);
      JsonValue collection = constant(right);
      if (subject != null && collection != null) {
        conditions.add(new Condition(subject.key, subject.operand, items(collection)));
      }
    }
  }

  private void equal(Term left, Term right) {
    Subject a = subject(left);
    Subject b = subject(right);
    JsonValue x = constant(left);
    JsonValue y = constant(right);
    if (a != null && y != null) {
      conditions.add(new Condition(a.key, a.operand, Set.of(y)));
    } else if (b != null && x != null) {
      conditions.add(new Condition(b.key, b.operand, Set.of(x)));
    } else if (left instanceof Var v && b != null) {
      subjects.putIfAbsent(v.name(), b);
    } else if (right instanceof Var v && a != null) {
      subjects.putIfAbsent(v.name(), a);
    } else if (left instanceof Var v && y != null) {
      constants.putIfAbsent(v.name(), y);
    } else if (right instanceof Var v && x != null) {
      constants.putIfAbsent(v.name(), x);
    }
  }

  private @Nullable JsonValue constant(Term term) {
    return term instanceof Var v ? constants.get(v.name()) : Constants.of(term);
  }

  private @Nullable Subject subject(Term term) {
    if (term instanceof Var v) {
      return subjects.get(v.name());
    }
    if (!(term instanceof RefTerm r)
        || !r.ref().headName().equals("input")
        || !r.ref().isGround()) {
      return null;
    }
    List<JsonValue> path = new ArrayList<>();
    for (Term t : r.ref().tail()) {
      JsonValue v = Constants.of(t);
      if (v == null) {
        return null;
      }
      path.add(v);
    }
    return new Subject(JsonArray.copyOf(path), Operands.input(path));
  }

  private static Set<JsonValue> items(JsonValue collection) {
    Set<JsonValue> items = new HashSet<>();
    if (collection instanceof JsonSet set) {
      set.forEach(items::add);
    } else if (collection instanceof JsonArray array) {
      array.forEach(items::add);
    } else if (collection instanceof JsonObject object) {
      for (int i = 0; i < object.size(); i++) {
        items.add(object.valueAt(i));
      }
    }
    return items;
  }
}
