package app.intentgate.rego.compile.pass;

import app.intentgate.json.JsonValue;
import app.intentgate.rego.ast.AstTransformer;
import app.intentgate.rego.ast.CallExpr;
import app.intentgate.rego.ast.Expr;
import app.intentgate.rego.ast.ExprForm;
import app.intentgate.rego.ast.Operators;
import app.intentgate.rego.ast.Term;
import app.intentgate.rego.ast.TermExpr;
import app.intentgate.rego.spi.Location;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Gathers metadata, and puts it in place of calls of {@code rego.metadata.chain} and {@code
 * rego.metadata.rule}: the body starts with {@code v = …}, and the calls become {@code v}.
 */
final class MetadataCalls implements Pass {
  private static final String CHAIN = "rego.metadata.chain";
  private static final String RULE = "rego.metadata.rule";

  @Override
  public void run(Compilation c) {
    MetadataTree metadata = new MetadataTree(c);
    for (ModuleUnit m : c.modules) {
      for (RuleUnit r : m.rules) {
        for (BranchUnit b : r.branches) {
          Map<String, Supplier<JsonValue>> values = new LinkedHashMap<>();
          if (c.builtins.signature(CHAIN) != null) {
            values.put(CHAIN, () -> metadata.chain(r, b));
          }
          if (c.builtins.signature(RULE) != null) {
            values.put(RULE, () -> MetadataTree.rule(b));
          }
          new Replacement(c.names, values).apply(b);
        }
      }
    }
  }

  /** Replaces the calls of one branch. */
  private static final class Replacement extends AstTransformer {
    private final LocalNames names;
    private final Map<String, Supplier<JsonValue>> values;
    private final Map<String, LocalNames.Capture> captures = new LinkedHashMap<>();
    private Location current = Location.NONE;

    Replacement(LocalNames names, Map<String, Supplier<JsonValue>> values) {
      this.names = names;
      this.values = values;
    }

    void apply(BranchUnit b) {
      b.head = head(b.head);
      b.body = body(b.body);
      if (!captures.isEmpty()) {
        List<Expr> first = new ArrayList<>();
        captures.values().forEach(v -> first.add(v.expr()));
        b.prepend(first);
      }
    }

    @Override
    public Expr expr(Expr expr) {
      current = expr.location();
      return super.expr(expr);
    }

    @Override
    public ExprForm form(ExprForm form) {
      if (!(form instanceof CallExpr call)) {
        return super.form(form);
      }
      Supplier<JsonValue> value = values.get(call.operatorName());
      if (value == null) {
        return super.form(form);
      }
      Location place = current;
      Term variable =
          captures
              .computeIfAbsent(
                  call.operatorName(), n -> names.capture(GroundTerms.of(value.get(), place)))
              .variable();
      return call.args().isEmpty()
          ? new TermExpr(variable)
          : Operators.callForm(Operators.UNIFY, place, call.args().get(0), variable);
    }
  }
}
