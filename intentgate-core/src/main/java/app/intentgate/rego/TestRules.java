package app.intentgate.rego;

import app.intentgate.json.JsonString;
import app.intentgate.json.JsonValue;
import app.intentgate.rego.ast.Ref;
import app.intentgate.rego.ast.RefTerm;
import app.intentgate.rego.ast.RegoModule;
import app.intentgate.rego.ast.Rule;
import app.intentgate.rego.ast.ScalarTerm;
import app.intentgate.rego.ast.Term;
import app.intentgate.rego.ast.Var;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Finds the tests among rules, and gives those of one name names of their own. */
final class TestRules {
  private TestRules() {}

  /** The same modules, with every test of a name that is there already named anew. */
  static List<RegoModule> named(List<RegoModule> modules) {
    Map<String, Integer> seen = new HashMap<>();
    List<RegoModule> out = new ArrayList<>(modules.size());
    for (RegoModule module : modules) {
      List<Rule> rules = new ArrayList<>(module.rules().size());
      boolean changed = false;
      for (Rule rule : module.rules()) {
        int at = testPosition(rule);
        Rule named = rule;
        if (at >= 0 && at == rule.head().ref().size() - 1) {
          String key = query(module, rule.head().ref());
          int before = seen.merge(key, 1, Integer::sum) - 1;
          named = before == 0 ? rule : renamed(rule, "#%02d".formatted(before));
          changed |= before > 0;
        }
        rules.add(named);
      }
      out.add(changed ? module.withRules(rules) : module);
    }
    return out;
  }

  /** The tests, in the order of the files and of the rules in them. */
  static List<TestRule> of(List<RegoModule> modules) {
    Map<String, TestRule> tests = new LinkedHashMap<>();
    for (RegoModule module : modules) {
      for (Rule rule : module.rules()) {
        int at = testPosition(rule);
        if (at >= 0) {
          Ref test = rule.head().ref().prefix(at + 1);
          String query = query(module, test);
          TestRule first = tests.get(query);
          List<TestRule.Cases> cases =
              new ArrayList<>(first == null ? List.<TestRule.Cases>of() : first.cases());
          if (at + 1 < rule.head().ref().size()) {
            cases.add(new TestRule.Cases(rule.location(), keys(rule.head().ref(), at + 1)));
          }
          tests.put(
              query,
              new TestRule(
                  module.packageDecl().path().toString(),
                  test.dotted(),
                  query,
                  first == null ? rule.location() : first.location(),
                  cases));
        }
      }
    }
    return List.copyOf(tests.values());
  }

  /** Which element of a rule's name makes it a test, or -1; functions are none. */
  private static int testPosition(Rule rule) {
    Ref ref = rule.head().ref();
    if (rule.isDefault() || rule.head().isFunction()) {
      return -1;
    }
    for (int i = 0; i < ref.size(); i++) {
      Term term = ref.get(i);
      String name = i == 0 ? ref.headName() : term instanceof ScalarTerm s ? s.asString() : null;
      if (name == null) {
        return -1;
      }
      if (name.startsWith(TestRule.PREFIX) || name.startsWith(TestRule.SKIPPED_PREFIX)) {
        return i;
      }
    }
    return -1;
  }

  private static List<TestRule.Key> keys(Ref ref, int from) {
    List<TestRule.Key> keys = new ArrayList<>();
    for (Term term : ref.terms().subList(from, ref.size())) {
      keys.add(
          term instanceof RefTerm r
              ? key(r.ref())
              : new TestRule.Key(
                  term instanceof Var v ? v.name() : null,
                  List.of(),
                  term instanceof ScalarTerm s ? s.value() : null));
    }
    return keys;
  }

  /** {@code x.name}; a ref with other elements than constants is no name of a case. */
  private static TestRule.Key key(Ref ref) {
    List<JsonValue> path = new ArrayList<>();
    for (Term element : ref.tail()) {
      if (!(element instanceof ScalarTerm s)) {
        return new TestRule.Key(null, List.of(), null);
      }
      path.add(s.value());
    }
    boolean variable = ref.head() instanceof Var;
    return new TestRule.Key(variable ? ref.headName() : null, path, null);
  }

  private static String query(RegoModule module, Ref rule) {
    Ref path = module.packageDecl().path();
    path = path.append(ScalarTerm.string(rule.headName(), rule.head().location()));
    return path.append(rule.tail()).toString();
  }

  private static Rule renamed(Rule rule, String suffix) {
    Ref ref = rule.head().ref();
    List<Term> terms = new ArrayList<>(ref.terms());
    Term last = ref.last();
    terms.set(
        terms.size() - 1,
        last instanceof Var v
            ? new Var(v.name() + suffix, v.location())
            : new ScalarTerm(
                JsonString.of(((ScalarTerm) last).asString() + suffix), last.location()));
    Rule named = rule.withHead(rule.head().withRef(new Ref(terms)));
    Rule branch = rule.elseRule();
    return branch == null ? named : named.withElse(renamed(branch, suffix));
  }
}
