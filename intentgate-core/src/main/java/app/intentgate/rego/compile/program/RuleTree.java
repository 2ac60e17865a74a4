package app.intentgate.rego.compile.program;

import app.intentgate.json.JsonValue;
import app.intentgate.rego.ast.Ref;
import app.intentgate.rego.ast.ScalarTerm;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A place below {@code data} at which rules or packages are: the rules whose ground path ends here,
 * and the places below. A rule with a variable in its head hangs at the path before that variable;
 * other rules may then hang below it. Immutable and thread-safe.
 */
public final class RuleTree {
  private final JsonValue key;
  private final Map<JsonValue, RuleTree> children;
  private final List<CompiledRule> rules;
  private final boolean isPackage;

  private RuleTree(Builder b) {
    this.key = b.key;
    this.rules = List.copyOf(b.rules);
    this.isPackage = b.isPackage;
    Map<JsonValue, RuleTree> built = new TreeMap<>(JsonValue::compare);
    b.children.forEach((k, c) -> built.put(k, new RuleTree(c)));
    this.children = Collections.unmodifiableMap(built);
  }

  /** The key that leads here from the place above; {@code "data"} at the root. */
  public JsonValue key() {
    return key;
  }

  /** The places below, in Rego's order of their keys. */
  public Map<JsonValue, RuleTree> children() {
    return children;
  }

  /** The place one key below, or null. */
  public @Nullable RuleTree child(JsonValue childKey) {
    return children.get(childKey);
  }

  /** The rules whose ground path ends here: defaults first, then in the order of the sources. */
  public List<CompiledRule> rules() {
    return rules;
  }

  /** Whether a module's package is exactly here. */
  public boolean isPackage() {
    return isPackage;
  }

  /**
   * The place of a path that starts with {@code data}, or null when there is none or when the path
   * has an element that is not ground.
   */
  public @Nullable RuleTree find(Ref ref) {
    RuleTree node = this;
    for (int i = 1; i < ref.size() && node != null; i++) {
      node = ref.get(i) instanceof ScalarTerm s ? node.child(s.value()) : null;
    }
    return node;
  }

  /** Hands over all rules here and below. */
  public void forEachRule(Consumer<? super CompiledRule> action) {
    rules.forEach(action);
    children.values().forEach(c -> c.forEachRule(action));
  }

  /** Collects rules and packages. Not thread-safe. */
  public static final class Builder {
    private final JsonValue key;
    private final Map<JsonValue, Builder> children = new TreeMap<>(JsonValue::compare);
    private final List<CompiledRule> rules = new ArrayList<>();
    private boolean isPackage;

    private Builder(JsonValue key) {
      this.key = key;
    }

    /** An empty tree below {@code data}. */
    public static Builder root() {
      return new Builder(JsonValue.of("data"));
    }

    /** Adds a rule at its ground path. */
    public Builder add(CompiledRule rule) {
      Builder at = at(rule.groundRef());
      if (rule.isDefault()) {
        at.rules.add(0, rule);
      } else {
        at.rules.add(rule);
      }
      return this;
    }

    /** Adds a package. */
    public Builder addPackage(Ref path) {
      at(path).isPackage = true;
      return this;
    }

    private Builder at(Ref path) {
      Builder node = this;
      for (int i = 1; i < path.size(); i++) {
        JsonValue next = ((ScalarTerm) path.get(i)).value();
        node = node.children.computeIfAbsent(next, Builder::new);
      }
      return node;
    }

    /** The tree. */
    public RuleTree build() {
      return new RuleTree(this);
    }
  }
}
