package app.intentgate.rego.parse;

import app.intentgate.rego.ast.Body;
import app.intentgate.rego.ast.CallExpr;
import app.intentgate.rego.ast.CallTerm;
import app.intentgate.rego.ast.Expr;
import app.intentgate.rego.ast.Head;
import app.intentgate.rego.ast.Operators;
import app.intentgate.rego.ast.Ref;
import app.intentgate.rego.ast.RefTerm;
import app.intentgate.rego.ast.Rule;
import app.intentgate.rego.ast.ScalarTerm;
import app.intentgate.rego.ast.SomeDecl;
import app.intentgate.rego.ast.SomeIn;
import app.intentgate.rego.ast.Term;
import app.intentgate.rego.ast.TermExpr;
import app.intentgate.rego.ast.Var;
import app.intentgate.rego.spi.Location;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Makes rules of expressions that stand alone in a module: {@code x := 1}, {@code f(x) = y}. */
final class FactRules {
  /** The expression is no rule. */
  static final class NoRuleException extends Exception {
    private static final long serialVersionUID = 1L;

    NoRuleException(String message) {
      super(message);
    }
  }

  private final Predicate<String> isBuiltin;
  private final boolean knowsContains;

  FactRules(Predicate<String> isBuiltin, boolean knowsContains) {
    this.isBuiltin = isBuiltin;
    this.knowsContains = knowsContains;
  }

  /** The rule that a body of one expression is. */
  Rule rule(Body body) throws NoRuleException {
    if (body.size() != 1) {
      throw new NoRuleException("multiple expressions cannot be used for rule head");
    }
    Expr expr = body.get(0);
    if (!expr.withs().isEmpty()) {
      throw new NoRuleException("expressions using with keyword cannot be used for rule head");
    }
    if (expr.negated()) {
      throw new NoRuleException("negated expressions cannot be used for rule head");
    }
    if (expr.form() instanceof SomeDecl || expr.form() instanceof SomeIn) {
      throw new NoRuleException("'some' declarations cannot be used for rule head");
    }
    if (expr.form() instanceof TermExpr t) {
      return ofTerm(t.term());
    }
    if (!(expr.form() instanceof CallExpr call)) {
      throw new NoRuleException("expression cannot be used for rule head");
    }
    String operator = call.operatorName();
    if (operator.equals(Operators.UNIFY) || operator.equals(Operators.ASSIGN)) {
      return ofAssignment(call, operator.equals(Operators.ASSIGN), expr.location());
    }
    if (Operators.symbolOf(operator) != null
        || operator.equals(Operators.MEMBER)
        || operator.equals(Operators.MEMBER_WITH_KEY)
        || isBuiltin.test(operator)) {
      throw new NoRuleException("rule name conflicts with built-in function");
    }
    return ofCall(call);
  }

  private static Rule ofTerm(Term term) throws NoRuleException {
    if (!(term instanceof RefTerm r)) {
      throw new NoRuleException(TypeNames.of(term) + " cannot be used for rule name");
    }
    if (r.ref().size() == 1) {
      throw new NoRuleException("refs cannot be used for rule head");
    }
    Location place = term.location();
    Ref ref = headRef(r.ref());
    if (ref.size() > 2) {
      ScalarTerm yes = ScalarTerm.bool(true, place);
      return fact(ref, List.of(), null, yes, false, true, place, place);
    }
    return fact(ref.prefix(1), List.of(), ref.last(), null, false, false, place, place);
  }

  private Rule ofAssignment(CallExpr call, boolean assign, Location place) throws NoRuleException {
    if (call.args().size() != 2) {
      throw new NoRuleException("assignment requires two operands");
    }
    Term left = call.args().get(0);
    Term value = call.args().get(1);
    Ref ref;
    List<Term> args = List.of();
    if (left instanceof CallTerm function) {
      ref = headRef(function.operator().ref());
      args = function.args();
    } else if (left instanceof RefTerm r) {
      ref = headRef(r.ref());
    } else if (left instanceof Var v && v.name().equals("contains") && knowsContains) {
      throw new NoRuleException("contains keyword cannot be used for rule name");
    } else if (left instanceof Var v) {
      ref = new Ref(List.of(v));
    } else {
      throw new NoRuleException(TypeNames.of(left) + " cannot be used for rule name");
    }
    return fact(ref, args, null, value, assign, false, place, value.location());
  }

  private static Rule ofCall(CallExpr call) throws NoRuleException {
    if (call.args().isEmpty()) {
      throw new NoRuleException("rule argument list must take at least one argument");
    }
    Location place = call.operator().location();
    Ref ref = headRef(call.operator().ref());
    return fact(ref, call.args(), null, ScalarTerm.bool(true, place), false, false, place, place);
  }

  private static Ref headRef(Ref ref) throws NoRuleException {
    if (!(ref.head() instanceof Var)) {
      throw new NoRuleException("invalid rule head: " + ref);
    }
    return ref;
  }

  private static Rule fact(
      Ref ref,
      List<Term> args,
      @Nullable Term key,
      @Nullable Term value,
      boolean assign,
      boolean generatedValue,
      Location place,
      Location bodyPlace) {
    Head head = new Head(ref, args, key, value, assign, generatedValue, place);
    return new Rule(head, RuleParser.trueBody(bodyPlace), null, false, true, List.of(), place);
  }
}
