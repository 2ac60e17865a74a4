package app.intentgate.rego.plan;

import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonValue;
import app.intentgate.rego.ast.Expr;
import app.intentgate.rego.ast.Ref;
import app.intentgate.rego.ast.ScalarTerm;
import app.intentgate.rego.ast.Term;
import app.intentgate.rego.ast.TermExpr;
import app.intentgate.rego.compile.program.CompiledQuery;
import app.intentgate.rego.compile.program.Program;
import app.intentgate.rego.eval.Calls.BuiltinCallee;
import app.intentgate.rego.eval.CompiledTexts;
import app.intentgate.rego.eval.DocumentNode;
import app.intentgate.rego.eval.Operand;
import app.intentgate.rego.eval.PartialRules;
import app.intentgate.rego.eval.QueryPlan;
import app.intentgate.rego.eval.RuleSet;
import app.intentgate.rego.eval.Step;
import app.intentgate.rego.spi.Builtin;
import app.intentgate.rego.spi.BuiltinRegistry;
import app.intentgate.rego.spi.BuiltinSignature;
import app.intentgate.rego.trace.Spot;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Plans queries against a program, and with each query the rules it can reach that no earlier one
 * did. Thread-safe; plans may be run while others are made.
 */
public final class PolicyPlanner {
  private final Program program;
  private final JsonObject data;
  private final CompiledTexts texts = new CompiledTexts();
  private final RuleSets sets;
  private final RulePlanner rules = new RulePlanner(this);
  private final Map<String, BuiltinCallee> callees = new HashMap<>();

  /** What was asked for already; rule sets, or rule sets with a number of keys. */
  private final Set<Object> requested = new HashSet<>();

  /** What the query that is being planned was the first to ask for, and how to plan it. */
  private final List<Object> requestedNow = new ArrayList<>();

  private final Deque<Supplier<Runnable>> queue = new ArrayDeque<>();

  private record KeyedRules(PartialRules rules, int keys) {}

  /** How many rule sets remember a value. */
  private int memoSize;

  private final PlanOptions options;

  /** A planner for a program over base documents. */
  public PolicyPlanner(Program program, JsonObject data, PlanOptions options) {
    this.program = program;
    this.data = data;
    this.sets = new RuleSets(program);
    this.options = options;
  }

  PlanOptions options() {
    return options;
  }

  /** What puts probes into a plan of rules, or null when it is not observed. */
  @Nullable Probes probes() {
    return options.observed() ? new Probes(this, program.sourceNames()) : null;
  }

  /** Plans a query and the rules that it reaches: all of them, or none when one cannot be. */
  public synchronized QueryPlan plan(CompiledQuery query) {
    boolean done = false;
    try {
      Names names = Names.ofNewFrame();
      BodyPlanner body =
          new BodyPlanner(this, VarUses.everything(), names, probes(query)).add(query.body());
      List<JsonValue> answer = new ArrayList<>();
      List<Operand> values = new ArrayList<>();
      for (String name : names.own()) {
        String written = written(query, name);
        if (written != null) {
          answer.add(JsonValue.of(written));
          values.add(app.intentgate.rego.eval.Operands.slot(names.slotOf(name)));
        }
      }
      Step step = body.build(QueryPlan.bindings(answer, values));
      if (options.observed()) {
        step = Probes.enter(Spot.Kind.QUERY, query.body().get(0).location(), step);
      }
      int frameSize = names.frame().size();
      Operand single = single(query);
      List<Runnable> planned = new ArrayList<>();
      while (!queue.isEmpty()) {
        planned.add(queue.remove().get());
      }
      planned.forEach(Runnable::run);
      done = true;
      return new QueryPlan(single, step, frameSize, memoSize, data, texts);
    } finally {
      if (!done) {
        requestedNow.forEach(requested::remove);
      }
      requestedNow.clear();
      queue.clear();
    }
  }

  private @Nullable Probes probes(CompiledQuery query) {
    return options.observed() ? new Probes(this, query.sourceNames()) : null;
  }

  private @Nullable Operand single(CompiledQuery query) {
    if (query.body().size() != 1) {
      return null;
    }
    Expr expr = query.body().get(0);
    if (expr.negated() || !expr.withs().isEmpty() || !(expr.form() instanceof TermExpr t)) {
      return null;
    }
    BodyPlanner body = new BodyPlanner(this, VarUses.everything(), Names.ofNewFrame(), null);
    if (!body.names().isClosed(t.term())) {
      return null;
    }
    Operand operand = body.term(t.term());
    return body.links().isEmpty() && body.names().frame().size() == 0 ? operand : null;
  }

  /** The name under which a variable is part of the answer, or null. */
  private static @Nullable String written(CompiledQuery query, String name) {
    String source = query.sourceNames().get(name);
    if (source != null) {
      return source.startsWith("$") || source.equals("_") ? null : source;
    }
    return name.startsWith("$") || name.startsWith("__local") ? null : name;
  }

  DocumentNode root() {
    return sets.root();
  }

  JsonObject data() {
    return data;
  }

  BuiltinRegistry builtins() {
    return program.builtins();
  }

  /** A built-in as something to call. */
  BuiltinCallee builtin(String name) {
    return callees.computeIfAbsent(name, this::newCallee);
  }

  private BuiltinCallee newCallee(String name) {
    Builtin function = builtins().function(name);
    BuiltinSignature signature = builtins().signature(name);
    if (function == null || signature == null) {
      throw new UnplannableException("cannot be called: " + name);
    }
    return new BuiltinCallee(name, function, signature.isPure() || signature.result() == null);
  }

  /** The rules exactly at a path from {@code data} on, or null. */
  @Nullable RuleSet rulesAt(Ref ref) {
    DocumentNode node = root();
    for (Term t : ref.tail()) {
      node = t instanceof ScalarTerm s && node != null ? node.child(s.value()) : null;
    }
    return node == null ? null : node.rules();
  }

  /** Sees to it that rules are planned before the plan that uses them is run. */
  void require(RuleSet set) {
    if (set instanceof PartialRules partial) {
      require(partial, 0);
    } else {
      request(set, set, () -> rules.plan(set, sets.rulesOf(set)));
    }
  }

  private void request(Object what, RuleSet set, Supplier<Runnable> plan) {
    if (requested.add(what)) {
      requestedNow.add(what);
      remembered(set);
      queue.add(plan);
    }
  }

  private void remembered(RuleSet set) {
    if (set.memoId() < 0) {
      set.rememberAt(memoSize++, options.remembers());
    }
  }

  /** The same for partial rules of which so many keys are given. */
  void require(PartialRules set, int keys) {
    request(new KeyedRules(set, keys), set, () -> rules.plan(set, keys, sets.rulesOf(set)));
  }

  /** The same for all rules at or below a place. */
  void requireBelow(DocumentNode node, boolean withKeys) {
    if (node.rules() instanceof PartialRules partial) {
      for (int keys = 0; keys <= (withKeys ? partial.maxKeys() : 0); keys++) {
        require(partial, keys);
      }
    } else if (node.rules() != null) {
      require(node.rules());
    }
    node.children().forEach(child -> requireBelow(child, withKeys));
  }
}
