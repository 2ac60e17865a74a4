package app.intentgate.rego.plan;

import app.intentgate.json.JsonValue;
import app.intentgate.rego.ast.CallExpr;
import app.intentgate.rego.ast.Operators;
import app.intentgate.rego.ast.Ref;
import app.intentgate.rego.ast.RefTerm;
import app.intentgate.rego.ast.Term;
import app.intentgate.rego.ast.Var;
import app.intentgate.rego.ast.With;
import app.intentgate.rego.eval.Callee;
import app.intentgate.rego.eval.Calls;
import app.intentgate.rego.eval.Comparison;
import app.intentgate.rego.eval.FunctionRules;
import app.intentgate.rego.eval.Guards;
import app.intentgate.rego.eval.Operand;
import app.intentgate.rego.eval.Operands;
import app.intentgate.rego.eval.RelationStep;
import app.intentgate.rego.eval.RuleSet;
import app.intentgate.rego.eval.WithStep;
import app.intentgate.rego.spi.BuiltinSignature;
import app.intentgate.rego.spi.Location;
import app.intentgate.rego.spi.RelationBuiltin;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Plans calls, and what {@code with} puts in the place of functions and documents. */
final class CallPlanner {
  private final BodyPlanner body;

  CallPlanner(BodyPlanner body) {
    this.body = body;
  }

  /** Plans a call as an expression. */
  void add(CallExpr call, Location location) {
    String name = call.operatorName();
    List<Term> args = call.args();
    if (args.size() == 2 && isEquality(name)) {
      body.unifier().unify(args.get(0), args.get(1));
      return;
    }
    Comparison comparison = args.size() == 2 ? Comparison.of(name) : null;
    if (comparison != null) {
      Operand left = body.term(args.get(0));
      Operand right = body.term(args.get(1));
      body.links().guard(comparison.guard(left, right));
    } else if (call.operator().ref().headName().equals("data")) {
      addFunction(call.operator().ref(), args, location);
    } else {
      addBuiltin(name, args, location);
    }
  }

  private static boolean isEquality(String name) {
    return name.equals(Operators.UNIFY)
        || name.equals(Operators.EQUAL)
        || name.equals(Operators.ASSIGN);
  }

  private void addFunction(Ref operator, List<Term> args, Location location) {
    RuleSet rules = body.policy().rulesAt(operator);
    if (!(rules instanceof FunctionRules function)) {
      throw new UnplannableException("no function: " + operator);
    }
    body.policy().require(function);
    List<Operand> operands = body.terms(args.subList(0, function.arity()));
    Operand result = Calls.function(function, operands, location);
    use(result, args.size() > function.arity() ? args.get(function.arity()) : null);
  }

  private void addBuiltin(String name, List<Term> args, Location location) {
    BuiltinSignature signature = body.policy().builtins().signature(name);
    if (signature == null) {
      throw new UnplannableException("no built-in: " + name);
    }
    int arity = signature.arity();
    List<Operand> operands = body.terms(args.subList(0, arity));
    Term output = args.size() > arity ? args.get(arity) : null;
    RelationBuiltin relation = body.policy().builtins().relation(name);
    if (relation != null) {
      int slot = body.names().frame().newSlot();
      body.links().step(next -> new RelationStep(name, relation, operands, slot, location, next));
      use(Operands.slot(slot), output);
    } else {
      use(Calls.builtin(body.policy().builtin(name), operands, location), output);
    }
  }

  /** A result is matched with the output, or must not be false when there is none. */
  private void use(Operand result, @Nullable Term output) {
    if (output == null) {
      body.links().guard(Guards.isTrue(result));
    } else {
      body.unifier().match(output, result);
    }
  }

  /** Plans one {@code with}. */
  WithStep.Replacement replacement(With with) {
    Ref target = with.target() instanceof RefTerm r ? r.ref() : new Ref(List.of(with.target()));
    if (target.headName().equals("input")) {
      return new WithStep.OfInput(path(target), body.term(with.value()));
    }
    if (!target.headName().equals("data")) {
      return ofFunction(target.dotted(), with.value());
    }
    if (body.policy().rulesAt(target) instanceof FunctionRules function) {
      return ofFunction(function.name(), with.value());
    }
    return new WithStep.OfData(path(target), body.term(with.value()));
  }

  private static List<JsonValue> path(Ref target) {
    List<JsonValue> path = new ArrayList<>();
    for (Term t : target.tail()) {
      JsonValue v = Constants.of(t);
      if (v == null) {
        throw new UnplannableException("a replaced path is constant: " + target);
      }
      path.add(v);
    }
    return path;
  }

  private WithStep.Replacement ofFunction(String function, Term value) {
    if (isEquality(function) || Comparison.of(function) != null) {
      throw new UnplannableException("operators cannot be replaced: " + function);
    }
    Callee callee = callee(value);
    return callee != null
        ? new WithStep.OfFunction(function, callee, null)
        : new WithStep.OfFunction(function, null, body.term(value));
  }

  private @Nullable Callee callee(Term value) {
    Ref ref =
        value instanceof RefTerm r
            ? r.ref()
            : value instanceof Var v && !body.names().isBound(v.name())
                ? new Ref(List.of(v))
                : null;
    if (ref == null) {
      return null;
    }
    if (ref.headName().equals("data")) {
      if (body.policy().rulesAt(ref) instanceof FunctionRules function) {
        body.policy().require(function);
        return function;
      }
      return null;
    }
    return body.policy().builtins().function(ref.dotted()) == null
        ? null
        : body.policy().builtin(ref.dotted());
  }
}
