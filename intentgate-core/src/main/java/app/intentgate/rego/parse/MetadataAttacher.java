package app.intentgate.rego.parse;

import app.intentgate.json.JsonBoolean;
import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonString;
import app.intentgate.rego.ast.Annotations;
import app.intentgate.rego.ast.Import;
import app.intentgate.rego.ast.Node;
import app.intentgate.rego.ast.PackageDecl;
import app.intentgate.rego.ast.Rule;
import app.intentgate.rego.spi.ErrorCode;
import app.intentgate.rego.spi.Location;
import app.intentgate.rego.spi.RegoError;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Finds what each metadata block applies to: the statement that follows it. */
final class MetadataAttacher {
  private final List<Node> statements = new ArrayList<>();
  private final List<Rule> rules;
  private final Consumer<RegoError> errors;

  /** Where in the list the rule at a location is. */
  private final Map<Location, Integer> places = new HashMap<>();

  MetadataAttacher(
      PackageDecl packageDecl, List<Import> imports, List<Rule> rules, Consumer<RegoError> errors) {
    this.rules = new ArrayList<>(rules);
    this.errors = errors;
    statements.add(packageDecl);
    statements.addAll(imports);
    statements.addAll(rules);
    statements.sort(Comparator.comparingInt(n -> n.location().row()));
  }

  /** The rules, each with the metadata that applies to it. */
  List<Rule> rules() {
    return rules;
  }

  /** The blocks with scope and target; those that fit nothing are reported. */
  List<Annotations> attach(List<MetadataBlock> blocks) {
    List<Annotations> all = new ArrayList<>();
    for (int i = 0; i < rules.size() && !blocks.isEmpty(); i++) {
      places.putIfAbsent(rules.get(i).location(), i);
    }
    for (MetadataBlock block : blocks) {
      Node target = following(block.location().row());
      boolean entrypoint = block.fields().get("entrypoint") == JsonBoolean.TRUE;
      String scope = block.scope().isEmpty() ? impliedScope(target, entrypoint) : block.scope();
      String wrong = wrongScope(scope, target);
      if (wrong != null) {
        error(block, wrong);
      }
      if (entrypoint && !scope.equals("document") && !scope.equals("package")) {
        error(
            block,
            "annotation entrypoint applied to non-document or package scope '" + scope + "'");
      }
      if (wrong != null || target == null) {
        continue;
      }
      Annotations annotations = annotations(block, scope, entrypoint, target);
      all.add(annotations);
      if (target instanceof Rule rule) {
        add(rule, annotations);
      }
    }
    return all;
  }

  private void error(MetadataBlock block, String message) {
    errors.accept(RegoError.of(ErrorCode.PARSE, block.location(), message));
  }

  private @Nullable Node following(int row) {
    int low = 0;
    int high = statements.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (statements.get(middle).location().row() > row) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low < statements.size() ? statements.get(low) : null;
  }

  private static String impliedScope(@Nullable Node target, boolean entrypoint) {
    if (target instanceof Rule) {
      return entrypoint ? "document" : "rule";
    }
    if (target instanceof Import) {
      return "import"; // no scope, but what the refusal names
    }
    return target instanceof PackageDecl ? "package" : "";
  }

  private static @Nullable String wrongScope(String scope, @Nullable Node target) {
    return switch (scope) {
      case "rule", "document" -> target instanceof Rule ? null : misplaced(scope, "rule", target);
      case "package", "subpackages" ->
          target instanceof PackageDecl ? null : misplaced(scope, "package", target);
      default ->
          "invalid annotation scope '"
              + scope
              + "'. Use one of 'rule', 'document', 'package', or 'subpackages'";
    };
  }

  private static String misplaced(String scope, String want, @Nullable Node target) {
    String have =
        target == null
            ? ""
            : target instanceof Rule
                ? " (have rule)"
                : target instanceof Import ? " (have import)" : " (have package)";
    return "annotation scope '" + scope + "' must be applied to " + want + have;
  }

  private static Annotations annotations(
      MetadataBlock block, String scope, boolean entrypoint, Node target) {
    JsonObject.Builder fields = JsonObject.builder();
    fields.put("scope", JsonString.of(scope));
    JsonObject given = block.fields();
    for (int i = 0; i < given.size(); i++) {
      fields.put(given.keyAt(i), given.valueAt(i));
    }
    Annotations.Scope kind =
        switch (scope) {
          case "rule" -> Annotations.Scope.RULE;
          case "document" -> Annotations.Scope.DOCUMENT;
          case "package" -> Annotations.Scope.PACKAGE;
          default -> Annotations.Scope.SUBPACKAGES;
        };
    return new Annotations(kind, entrypoint, fields.build(), block.location(), target.location());
  }

  private void add(Rule rule, Annotations annotations) {
    Integer at = places.get(rule.location());
    if (at != null) {
      Rule r = rules.get(at);
      List<Annotations> more = new ArrayList<>(r.annotations());
      more.add(annotations);
      rules.set(at, r.withAnnotations(more));
    }
  }
}
