package app.intentgate.rego.plan;

import app.intentgate.json.JsonBoolean;
import app.intentgate.json.JsonValue;
import app.intentgate.rego.ast.AstPrinter;
import app.intentgate.rego.ast.AstTransformer;
import app.intentgate.rego.ast.AstVisitor;
import app.intentgate.rego.ast.Body;
import app.intentgate.rego.ast.CallExpr;
import app.intentgate.rego.ast.CallTerm;
import app.intentgate.rego.ast.Expr;
import app.intentgate.rego.ast.Operators;
import app.intentgate.rego.ast.Ref;
import app.intentgate.rego.ast.RefTerm;
import app.intentgate.rego.ast.Term;
import app.intentgate.rego.ast.TermExpr;
import app.intentgate.rego.ast.Var;
import app.intentgate.rego.eval.CompleteRules;
import app.intentgate.rego.eval.DocumentNode;
import app.intentgate.rego.eval.Documents;
import app.intentgate.rego.eval.Operand;
import app.intentgate.rego.eval.Operands;
import app.intentgate.rego.eval.Probe;
import app.intentgate.rego.eval.Step;
import app.intentgate.rego.spi.Location;
import app.intentgate.rego.trace.Spot;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Puts probes around the expressions of one rule or query, and finds out what is worth showing
 * beside each. Where the compiler made variables for parts of an expression, the parts' own text
 * stands for them.
 */
final class Probes {
  private static final int MAX_TEXT = 160;

  private final PolicyPlanner policy;
  private final Map<String, String> sourceNames;
  private final Map<String, String> shown = new HashMap<>();

  Probes(PolicyPlanner policy, Map<String, String> sourceNames) {
    this.policy = policy;
    this.sourceNames = sourceNames;
  }

  /** Plans an expression with probes before and after it. */
  void around(Expr expr, BodyPlanner body, Runnable plan) {
    boolean made = expr.generated() || isTrue(expr);
    Spot spot = new Spot(Spot.Kind.EXPRESSION, text(expr), expr.location(), made);
    learn(expr);
    int slot = body.names().frame().newSlot();
    List<Probe.Watch> before = watches(expr, body.names());
    body.links().step(next -> Probe.eval(spot, before, slot, next));
    plan.run();
    List<Probe.Watch> after = watches(expr, body.names());
    body.links().step(next -> Probe.held(spot, after, slot, next));
  }

  /** What stands for a body that was left out. */
  private static boolean isTrue(Expr expr) {
    return expr.form() instanceof TermExpr t
        && !expr.negated()
        && Constants.of(t.term()) == JsonBoolean.TRUE;
  }

  /** A body within a body, or a query. */
  static Step enter(Spot.Kind kind, Location location, Step body) {
    return Probe.enter(new Spot(kind, "", location, false), body);
  }

  /** Remembers what stands for the variable that a generated expression gives a value. */
  private void learn(Expr expr) {
    if (!(expr.form() instanceof CallExpr call) || call.args().size() < 2) {
      return;
    }
    List<Term> args = call.args();
    if (call.operatorName().equals(Operators.UNIFY)) {
      if (args.get(0) instanceof Var v && isMade(v)) {
        shown.put(v.name(), text(args.get(1)));
      }
    } else if (expr.generated() && args.get(args.size() - 1) instanceof Var v && isMade(v)) {
      Term written = new CallTerm(call.operator(), args.subList(0, args.size() - 1), v.location());
      shown.put(v.name(), text(written));
    }
  }

  private boolean isMade(Var v) {
    return v.isGenerated() && !sourceNames.containsKey(v.name());
  }

  private @Nullable String name(Var v) {
    if (v.isWildcard()) {
      return null;
    }
    String source = sourceNames.get(v.name());
    if (source != null) {
      return source.startsWith(Var.WILDCARD_PREFIX) ? null : source;
    }
    return v.isGenerated() ? shown.get(v.name()) : v.name();
  }

  private String text(Expr expr) {
    String written = expr.location().text();
    return oneLine(written.isEmpty() ? new Named().expr(expr).toString() : written);
  }

  private String text(Term term) {
    String written = term.location().text();
    return oneLine(written.isEmpty() ? AstPrinter.print(new Named().term(term)) : written);
  }

  private static String oneLine(String text) {
    String line = text.strip().replaceAll("\\s+", " ");
    return line.length() <= MAX_TEXT ? line : line.substring(0, MAX_TEXT) + "...";
  }

  /** With the variables as they were written. */
  private final class Named extends AstTransformer {
    @Override
    public Term term(Term term) {
      String name = term instanceof Var v ? name(v) : null;
      return name == null ? super.term(term) : new Var(name, term.location());
    }
  }

  private List<Probe.Watch> watches(Expr expr, Names names) {
    Map<String, Operand> found = new LinkedHashMap<>();
    new AstVisitor() {
      @Override
      protected boolean enterBody(Body inner) {
        return false;
      }

      @Override
      protected boolean enterTerm(Term term) {
        if (term instanceof Var v) {
          watch(v, names, found);
        } else if (term instanceof RefTerm r) {
          Operand operand = operand(r.ref(), names);
          if (operand != null) {
            found.putIfAbsent(text(r), operand);
            for (Term element : r.ref().tail()) {
              if (element instanceof Var v) {
                watch(v, names, found);
              }
            }
            return false;
          }
        }
        return true;
      }
    }.visit(expr);
    List<Probe.Watch> watches = new ArrayList<>();
    found.forEach((name, operand) -> watches.add(new Probe.Watch(name, operand)));
    return watches;
  }

  private void watch(Var v, Names names, Map<String, Operand> found) {
    int slot = names.slotOf(v.name());
    String name = slot < 0 ? null : name(v);
    if (name != null) {
      found.putIfAbsent(name, Operands.slot(slot));
    }
  }

  /** A value that can be looked at without evaluating anything, or null. */
  private @Nullable Operand operand(Ref ref, Names names) {
    List<Term> elements = ref.tail();
    List<JsonValue> path = constants(elements);
    String head = ref.headName();
    int local = ref.head() instanceof Var v ? names.slotOf(v.name()) : -1;
    if (local >= 0) {
      return below(Operands.slot(local), elements, 0, names);
    }
    if (head.equals("input")) {
      return below(Probe.input(path), elements, path.size(), names);
    }
    if (!head.equals("data") || path.isEmpty()) {
      return null;
    }
    DocumentNode node = policy.root();
    for (int i = 0; i < path.size(); i++) {
      node = node.child(path.get(i));
      if (node == null) {
        Operand stored = Documents.stored(policy.data(), path);
        return below(stored, elements, path.size(), names);
      }
      if (node.rules() != null) {
        return node.rules() instanceof CompleteRules rules
            ? below(Probe.remembered(rules), elements, i + 1, names)
            : null;
      }
    }
    return null;
  }

  private static List<JsonValue> constants(List<Term> elements) {
    List<JsonValue> path = new ArrayList<>();
    for (Term t : elements) {
      JsonValue v = Constants.of(t);
      if (v == null) {
        break;
      }
      path.add(v);
    }
    return path;
  }

  /** What a value has under elements that are constant or bound and named; else null. */
  private @Nullable Operand below(Operand from, List<Term> elements, int index, Names names) {
    Operand value = from;
    for (Term t : elements.subList(index, elements.size())) {
      JsonValue constant = Constants.of(t);
      int slot = t instanceof Var v && name(v) != null ? names.slotOf(v.name()) : -1;
      if (constant == null && slot < 0) {
        return null;
      }
      Operand key = constant == null ? Operands.slot(slot) : Operands.constant(constant);
      value = Operands.lookup(value, key);
    }
    return value;
  }
}
