package app.intentgate.rego.plan;

import app.intentgate.json.JsonBoolean;
import app.intentgate.json.JsonValue;
import app.intentgate.rego.ast.ArrayComprehension;
import app.intentgate.rego.ast.ArrayTerm;
import app.intentgate.rego.ast.Body;
import app.intentgate.rego.ast.CallExpr;
import app.intentgate.rego.ast.Every;
import app.intentgate.rego.ast.Expr;
import app.intentgate.rego.ast.ExprForm;
import app.intentgate.rego.ast.NotBlock;
import app.intentgate.rego.ast.ObjectComprehension;
import app.intentgate.rego.ast.ObjectTerm;
import app.intentgate.rego.ast.RefTerm;
import app.intentgate.rego.ast.SetComprehension;
import app.intentgate.rego.ast.SetTerm;
import app.intentgate.rego.ast.SomeDecl;
import app.intentgate.rego.ast.Term;
import app.intentgate.rego.ast.TermExpr;
import app.intentgate.rego.ast.Var;
import app.intentgate.rego.eval.Comprehensions;
import app.intentgate.rego.eval.Ends;
import app.intentgate.rego.eval.Guards;
import app.intentgate.rego.eval.Operand;
import app.intentgate.rego.eval.Operands;
import app.intentgate.rego.eval.Step;
import app.intentgate.rego.eval.WithStep;
import app.intentgate.rego.spi.Location;
import app.intentgate.rego.trace.Spot;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Plans one body: expression by expression, in the order the compiler left them in. */
final class BodyPlanner {
  private final PolicyPlanner policy;
  private final VarUses uses;
  private final Names names;
  private final Unifier unifier = new Unifier(this);
  private final RefPlanner refs = new RefPlanner(this);
  private final CallPlanner calls = new CallPlanner(this);
  private final @Nullable Probes probes;
  private Links links = new Links();

  /**
   * A planner for a body.
   *
   * @param probes what tells an observer where evaluation is, or null for nothing
   */
  BodyPlanner(PolicyPlanner policy, VarUses uses, Names names, @Nullable Probes probes) {
    this.policy = policy;
    this.uses = uses;
    this.names = names;
    this.probes = probes;
  }

  /** A planner for a body within this one. */
  private BodyPlanner within() {
    return new BodyPlanner(policy, uses, names.within(), probes);
  }

  PolicyPlanner policy() {
    return policy;
  }

  VarUses uses() {
    return uses;
  }

  Names names() {
    return names;
  }

  Links links() {
    return links;
  }

  Unifier unifier() {
    return unifier;
  }

  /** Plans all expressions. */
  BodyPlanner add(Body body) {
    body.forEach(this::add);
    return this;
  }

  /** The body so far, ending with a step. */
  Step build(Step end) {
    return links.build(end);
  }

  private void add(Expr expr) {
    if (probes == null) {
      addReplacing(expr);
    } else {
      probes.around(expr, this, () -> addReplacing(expr));
    }
  }

  private void addReplacing(Expr expr) {
    if (expr.withs().isEmpty()) {
      addNegatable(expr);
      return;
    }
    List<WithStep.Replacement> replacements = new ArrayList<>();
    expr.withs().forEach(w -> replacements.add(calls.replacement(w)));
    Links inner = new Links();
    into(inner, () -> addNegatable(expr));
    links.step(next -> new WithStep(replacements, inner.build(WithStep.leave(next))));
  }

  private void addNegatable(Expr expr) {
    if (expr.negated()) {
      BodyPlanner body = within();
      body.addForm(expr.form(), expr.location());
      links.guard(Guards.not(body.build(Ends.STOP)));
    } else {
      addForm(expr.form(), expr.location());
    }
  }

  private void addForm(ExprForm form, Location location) {
    if (form instanceof TermExpr t) {
      Operand value = term(t.term());
      JsonValue constant = value.constant();
      if (constant == null) {
        links.guard(Guards.isTrue(value));
      } else if (constant == JsonBoolean.FALSE) {
        links.guard(Guards.NEVER);
      }
    } else if (form instanceof CallExpr call) {
      calls.add(call, location);
    } else if (form instanceof Every every) {
      add(every, location);
    } else if (form instanceof NotBlock not) {
      Step inner = within().add(not.body()).build(Ends.STOP);
      links.guard(Guards.not(entered(inner, location)));
    } else if (!(form instanceof SomeDecl)) {
      throw new UnplannableException("the compiler rewrites this: " + form);
    }
  }

  private void add(Every every, Location location) {
    Operand domain = term(every.domain());
    BodyPlanner body = within();
    int key = every.key() == null ? -1 : body.names.bind(every.key().name());
    int value = body.names.bind(every.value().name());
    Step step = body.add(every.body()).build(Ends.STOP);
    links.guard(Guards.every(domain, key, value, entered(step, location)));
  }

  /** Plans a term; where it iterates, what iterates comes before. */
  Operand term(Term term) {
    JsonValue constant = Constants.of(term);
    if (constant != null) {
      return Operands.constant(constant);
    } else if (term instanceof Var v) {
      return variable(v);
    } else if (term instanceof RefTerm r) {
      return refs.plan(r.ref());
    } else if (term instanceof ArrayTerm a) {
      return Operands.array(terms(a.elements()));
    } else if (term instanceof SetTerm s) {
      return Operands.set(terms(s.elements()));
    } else if (term instanceof ObjectTerm o) {
      List<Operand> keys = new ArrayList<>();
      List<Operand> values = new ArrayList<>();
      for (ObjectTerm.Entry e : o.entries()) {
        keys.add(term(e.key()));
        values.add(term(e.value()));
      }
      return Operands.object(keys, values);
    } else if (term instanceof ArrayComprehension c) {
      BodyPlanner body = within().add(c.body());
      Step step = body.build(Ends.item(body.term(c.head())));
      return Comprehensions.array(entered(step, c.location()));
    } else if (term instanceof SetComprehension c) {
      BodyPlanner body = within().add(c.body());
      Step step = body.build(Ends.element(body.term(c.head())));
      return Comprehensions.set(entered(step, c.location()));
    } else if (term instanceof ObjectComprehension c) {
      BodyPlanner body = within().add(c.body());
      Operand key = body.term(c.key());
      Operand value = body.term(c.value());
      Step step = body.build(Ends.member(key, value, c.location()));
      return Comprehensions.object(entered(step, c.location()));
    }
    throw new UnplannableException("the compiler rewrites this: " + term);
  }

  private Step entered(Step body, Location location) {
    return probes == null ? body : Probes.enter(Spot.Kind.BODY, location, body);
  }

  List<Operand> terms(List<Term> terms) {
    List<Operand> operands = new ArrayList<>();
    terms.forEach(t -> operands.add(term(t)));
    return operands;
  }

  private Operand variable(Var v) {
    int slot = names.slotOf(v.name());
    if (slot >= 0) {
      return Operands.slot(slot);
    }
    if (Names.isRoot(v.name())) {
      return refs.plan(new app.intentgate.rego.ast.Ref(List.of(v)));
    }
    throw new UnplannableException("variable has no value: " + v.name());
  }

  /** Plans what an action plans into other links than those of the body. */
  void into(Links other, Runnable action) {
    Links outer = links;
    links = other;
    action.run();
    links = outer;
  }

  /** The operand as one that costs nothing to evaluate again. */
  Operand pinned(Operand operand) {
    if (operand.constant() != null || Operands.slotOf(operand) >= 0) {
      return operand;
    }
    return Operands.slot(pinnedSlot(operand));
  }

  /** The slot that has, or gets, the operand's value. */
  int pinnedSlot(Operand operand) {
    int slot = Operands.slotOf(operand);
    if (slot < 0) {
      slot = names.frame().newSlot();
      links.guard(Guards.assign(slot, operand));
    }
    return slot;
  }
}
