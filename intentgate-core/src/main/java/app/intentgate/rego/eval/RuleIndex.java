package app.intentgate.rego.eval;

import app.intentgate.json.JsonValue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds, of many rules, those that may hold: by what operands such as {@code input.tool} must be
 * equal to. Each operand leads to a list of rules by its value; the shortest list is tried. What is
 * found is a superset, in the order of the sources, so bodies still test everything. Immutable.
 */
public final class RuleIndex {
  /** Below this many rules, trying all is as cheap. */
  private static final int FEW = 3;

  /** More list items than this per operand would cost more memory than time is saved. */
  private static final int MAX_LISTED = 500_000;

  private static final int MAX_OPERANDS = 4;

  private final Table[] tables;

  private RuleIndex(Table[] tables) {
    this.tables = tables;
  }

  /**
   * What one operand must be for a rule to hold.
   *
   * @param key tells whether two rules ask for the same
   * @param operand computes it in the rule's frame; has no effect and cannot fail
   * @param values it must be one of these
   */
  public record Condition(Object key, Operand operand, Set<JsonValue> values) {}

  /**
   * An index, or null when it would not help.
   *
   * @param conditions for each rule, what it asks for
   */
  public static @Nullable RuleIndex of(List<RuleBody> rules, List<List<Condition>> conditions) {
    if (rules.size() < FEW) {
      return null;
    }
    Map<Object, Integer> uses = new LinkedHashMap<>();
    conditions.forEach(list -> list.forEach(c -> uses.merge(c.key, 1, Integer::sum)));
    List<Object> keys = new ArrayList<>(uses.keySet());
    keys.sort((a, b) -> Integer.compare(uses.getOrDefault(b, 0), uses.getOrDefault(a, 0)));
    List<Table> tables = new ArrayList<>();
    for (Object key : keys) {
      Table table = tables.size() < MAX_OPERANDS ? Table.of(key, rules, conditions) : null;
      if (table != null) {
        tables.add(table);
      }
    }
    return tables.isEmpty() ? null : new RuleIndex(tables.toArray(new Table[0]));
  }

  /** The rules that may hold. */
  RuleBody[] select(EvalContext c, int base) {
    RuleBody[] best = tables[0].select(c, base);
    for (int i = 1; i < tables.length && best.length > 1; i++) {
      RuleBody[] other = tables[i].select(c, base);
      if (other.length < best.length) {
        best = other;
      }
    }
    return best;
  }

  /** The rules by the value of one operand. */
  private static final class Table {
    private final Operand operand;
    private final Map<JsonValue, RuleBody[]> byValue;
    private final RuleBody[] any;

    Table(Operand operand, Map<JsonValue, RuleBody[]> byValue, RuleBody[] any) {
      this.operand = operand;
      this.byValue = byValue;
      this.any = any;
    }

    RuleBody[] select(EvalContext c, int base) {
      JsonValue value = operand.eval(c, base);
      if (value == null) {
        return any;
      }
      RuleBody[] found = byValue.get(value);
      return found == null ? any : found;
    }

    static @Nullable Table of(Object key, List<RuleBody> rules, List<List<Condition>> conditions) {
      Operand operand = null;
      Map<JsonValue, List<RuleBody>> lists = new HashMap<>();
      List<Set<JsonValue>> asked = new ArrayList<>();
      for (List<Condition> list : conditions) {
        Set<JsonValue> values = null;
        for (Condition condition : list) {
          if (condition.key.equals(key)) {
            operand = condition.operand;
            values = condition.values;
          }
        }
        asked.add(values == null ? Set.of() : values);
        if (values != null) {
          values.forEach(v -> lists.putIfAbsent(v, new ArrayList<>()));
        }
      }
      List<RuleBody> any = new ArrayList<>();
      long listed = 0;
      for (int i = 0; i < rules.size(); i++) {
        RuleBody rule = rules.get(i);
        Set<JsonValue> values = asked.get(i);
        boolean always = values.isEmpty();
        if (always) {
          any.add(rule);
          lists.values().forEach(l -> l.add(rule));
        } else {
          values.forEach(v -> lists.getOrDefault(v, new ArrayList<>()).add(rule));
        }
        listed += always ? lists.size() : values.size();
        if (listed > MAX_LISTED) {
          return null;
        }
      }
      if (operand == null) {
        return null;
      }
      Map<JsonValue, RuleBody[]> byValue = new HashMap<>();
      lists.forEach((v, l) -> byValue.put(v, l.toArray(new RuleBody[0])));
      return new Table(operand, byValue, any.toArray(new RuleBody[0]));
    }
  }
}
