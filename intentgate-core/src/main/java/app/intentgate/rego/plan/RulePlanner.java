package app.intentgate.rego.plan;

import app.intentgate.json.JsonBoolean;
import app.intentgate.json.JsonValue;
import app.intentgate.rego.ast.Expr;
import app.intentgate.rego.ast.Term;
import app.intentgate.rego.ast.TermExpr;
import app.intentgate.rego.compile.program.CompiledRule;
import app.intentgate.rego.compile.program.RuleBranch;
import app.intentgate.rego.eval.CompleteRules;
import app.intentgate.rego.eval.Ends;
import app.intentgate.rego.eval.FunctionRules;
import app.intentgate.rego.eval.Guards;
import app.intentgate.rego.eval.Operand;
import app.intentgate.rego.eval.Operands;
import app.intentgate.rego.eval.PartialRules;
import app.intentgate.rego.eval.PartialRules.Shape;
import app.intentgate.rego.eval.Probe;
import app.intentgate.rego.eval.RuleBody;
import app.intentgate.rego.eval.RuleGroup;
import app.intentgate.rego.eval.RuleIndex;
import app.intentgate.rego.eval.RuleSet;
import app.intentgate.rego.eval.Step;
import app.intentgate.rego.trace.Spot;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Plans the rules of one document or function. */
final class RulePlanner {
  private static final String TWO_OUTPUTS = "complete rules must not produce multiple outputs";
  private static final String TWO_RESULTS =
      "functions must not produce multiple outputs for same inputs";

  private final PolicyPlanner policy;

  RulePlanner(PolicyPlanner policy) {
    this.policy = policy;
  }

  /** Plans rules; what is returned puts the plan where evaluations see it. */
  Runnable plan(RuleSet set, List<CompiledRule> rules) {
    if (set instanceof FunctionRules function) {
      boolean costly =
          rules.stream().flatMap(r -> r.branches().stream()).anyMatch(b -> Costs.isCostly(b));
      boolean remember = costly && policy.options().remembers();
      RuleGroup planned = group(set, rules, TWO_RESULTS);
      return () -> function.plan(planned, remember);
    }
    CompleteRules complete = (CompleteRules) set;
    JsonValue constant = policy.options().observed() ? null : constant(rules);
    if (constant != null) {
      return () -> complete.planConstant(constant);
    }
    RuleGroup planned = group(set, rules, TWO_OUTPUTS);
    return () -> complete.plan(planned);
  }

  /** The value of rules that always have one and the same, or null. */
  private static @Nullable JsonValue constant(List<CompiledRule> rules) {
    List<CompiledRule> proper = rules.stream().filter(r -> !r.isDefault()).toList();
    if (proper.isEmpty() && rules.size() == 1) {
      return value(rules.get(0).branches().get(0));
    }
    if (proper.size() != 1) {
      return null;
    }
    RuleBranch branch = proper.get(0).branches().get(0);
    return isTrivial(branch) ? value(branch) : null;
  }

  private static boolean isTrivial(RuleBranch branch) {
    for (Expr e : branch.body()) {
      if (e.negated()
          || !e.withs().isEmpty()
          || !(e.form() instanceof TermExpr t)
          || Constants.of(t.term()) == null
          || Constants.of(t.term()) == JsonBoolean.FALSE) {
        return false;
      }
    }
    return true;
  }

  private static @Nullable JsonValue value(RuleBranch branch) {
    return branch.value() == null ? null : Constants.of(branch.value());
  }

  private RuleGroup group(RuleSet set, List<CompiledRule> rules, String conflict) {
    boolean sameValue = giveSameValue(rules);
    List<RuleBody> bodies = new ArrayList<>();
    List<List<RuleIndex.Condition>> conditions = new ArrayList<>();
    RuleBody fallback = null;
    for (CompiledRule rule : rules) {
      RuleBody body = null;
      for (int i = rule.branches().size() - 1; i >= 0; i--) {
        body = branch(rule.branches().get(i), body, sameValue, conflict, rule);
      }
      if (body != null && rule.isDefault()) {
        fallback = body;
      } else if (body != null) {
        bodies.add(body);
        conditions.add(
            rule.branches().size() > 1
                ? List.of()
                : IndexConditions.of(rule.branches().get(0), rule.branches().get(0).args()));
      }
    }
    RuleIndex index = policy.options().indexed() ? RuleIndex.of(bodies, conditions) : null;
    boolean stop = sameValue && policy.options().stopsEarly();
    return new RuleGroup(bodies, index, fallback, stop, conflict, spot(set, rules));
  }

  /** What an observer is told of the rules of one path, or null. */
  private @Nullable Spot spot(RuleSet set, List<CompiledRule> rules) {
    return policy.options().observed() && !rules.isEmpty()
        ? new Spot(Spot.Kind.RULES, set.name(), rules.get(0).location(), false)
        : null;
  }

  /** What an observer is told of one rule, or null. */
  private @Nullable Spot spot(CompiledRule rule, RuleBranch branch) {
    if (!policy.options().observed()) {
      return null;
    }
    String text = (rule.isDefault() ? "default " : "") + branch.ref();
    return new Spot(Spot.Kind.RULE, text, branch.location(), false);
  }

  private static Step entered(@Nullable Spot spot, Step body) {
    return spot == null ? body : Probe.enter(spot, body);
  }

  private static Operand given(@Nullable Spot spot, Operand value) {
    return spot == null ? value : Probe.given(spot, value);
  }

  private static boolean giveSameValue(List<CompiledRule> rules) {
    JsonValue same = null;
    for (CompiledRule rule : rules) {
      if (rule.isDefault()) {
        continue;
      }
      for (RuleBranch branch : rule.branches()) {
        JsonValue v = value(branch);
        if (v == null || (same != null && !same.equals(v))) {
          return false;
        }
        same = v;
      }
    }
    return same != null;
  }

  private RuleBody branch(
      RuleBranch branch,
      @Nullable RuleBody otherwise,
      boolean sameValue,
      String conflict,
      CompiledRule rule) {
    Names names = Names.ofNewFrame();
    BodyPlanner body = new BodyPlanner(policy, uses(branch), names, policy.probes());
    given(body, branch.args());
    body.add(branch.body());
    if (branch.value() == null) {
      throw new UnplannableException("no value: " + branch.ref());
    }
    Spot spot = spot(rule, branch);
    Operand value = given(spot, body.term(branch.value()));
    boolean stop = sameValue && policy.options().stopsEarly();
    Step step = body.build(Ends.value(value, stop, conflict, rule.location()));
    return new RuleBody(entered(spot, step), names.frame().size(), otherwise, branch.location());
  }

  /** Which variables need a slot: when observed all, since all are shown. */
  private VarUses uses(RuleBranch branch) {
    return policy.options().observed() ? VarUses.everything() : VarUses.of(branch);
  }

  /** Matches patterns with the first slots of the frame; gives those that must wait. */
  private static List<Integer> given(BodyPlanner body, List<Term> patterns) {
    for (int i = 0; i < patterns.size(); i++) {
      body.names().frame().newSlot();
    }
    List<Integer> waiting = new ArrayList<>();
    for (int i = 0; i < patterns.size(); i++) {
      if (Costs.isPattern(patterns.get(i))) {
        body.unifier().match(patterns.get(i), Operands.slot(i));
      } else {
        waiting.add(i);
      }
    }
    return waiting;
  }

  /** Plans partial rules of which so many keys are given. */
  Runnable plan(PartialRules set, int keys, List<CompiledRule> rules) {
    List<RuleBody> bodies = new ArrayList<>();
    List<List<RuleIndex.Condition>> conditions = new ArrayList<>();
    for (CompiledRule rule : rules) {
      RuleBranch branch = rule.branches().get(0);
      List<Term> head = head(branch, set);
      List<Term> known = head.subList(0, Math.min(keys, head.size()));
      bodies.add(part(set, rule, branch, head, known, keys));
      conditions.add(IndexConditions.of(branch, known));
    }
    RuleIndex index = policy.options().indexed() ? RuleIndex.of(bodies, conditions) : null;
    RuleGroup planned = new RuleGroup(bodies, index, null, false, TWO_OUTPUTS, spot(set, rules));
    return () -> set.plan(keys, planned);
  }

  /** What the head has after the place of the document: keys, and the element of a set. */
  private static List<Term> head(RuleBranch branch, PartialRules set) {
    List<Term> tail = branch.ref().tail();
    List<Term> head = new ArrayList<>(tail.subList(set.depth(), tail.size()));
    if (branch.key() != null) {
      head.add(branch.key());
    }
    return head;
  }

  private RuleBody part(
      PartialRules set,
      CompiledRule rule,
      RuleBranch branch,
      List<Term> head,
      List<Term> known,
      int keys) {
    Names names = Names.ofNewFrame();
    BodyPlanner body = new BodyPlanner(policy, uses(branch), names, policy.probes());
    List<Integer> waiting = given(body, known);
    for (int i = known.size(); i < keys; i++) {
      names.frame().newSlot();
    }
    body.add(branch.body());
    List<Operand> path = body.terms(head);
    for (int i : waiting) {
      body.links().guard(Guards.equal(Operands.slot(i), path.get(i)));
    }
    Spot spot = spot(rule, branch);
    Step end;
    if (set.shape() == Shape.SET) {
      end = Ends.element(given(spot, path.get(0)));
    } else if (branch.value() == null) {
      Operand element = given(spot, path.remove(path.size() - 1));
      end = Ends.leafElement(path.toArray(new Operand[0]), element, rule.location());
    } else {
      Operand value = given(spot, body.term(branch.value()));
      end =
          set.shape() == Shape.OBJECT
              ? Ends.member(path.get(0), value, rule.location())
              : Ends.leaf(path.toArray(new Operand[0]), value, rule.location());
    }
    return new RuleBody(
        entered(spot, body.build(end)), names.frame().size(), null, branch.location());
  }
}
