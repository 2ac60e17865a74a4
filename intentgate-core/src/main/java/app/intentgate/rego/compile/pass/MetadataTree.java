package app.intentgate.rego.compile.pass;

import app.intentgate.json.JsonArray;
import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonValue;
import app.intentgate.rego.ast.Annotations;
import app.intentgate.rego.ast.Ref;
import app.intentgate.rego.ast.ScalarTerm;
import app.intentgate.rego.ast.Term;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The metadata of all modules, by what it applies to. Two blocks for one package or one document
 * are an error. Not thread-safe.
 */
final class MetadataTree {
  private final Map<Ref, Annotations> packages = new HashMap<>();
  private final Map<Ref, Annotations> documents = new HashMap<>();
  private final Map<Ref, List<Annotations>> subpackages = new HashMap<>();

  MetadataTree(Compilation c) {
    for (ModuleUnit m : c.modules) {
      for (Annotations a : m.module.annotations()) {
        if (a.scope() == Annotations.Scope.PACKAGE) {
          add(c, packages, m.packagePath(), a);
        } else if (a.scope() == Annotations.Scope.SUBPACKAGES) {
          subpackages.computeIfAbsent(m.packagePath(), p -> new ArrayList<>()).add(a);
        }
      }
      for (RuleUnit r : m.rules) {
        for (Annotations a : r.source.annotations()) {
          if (a.scope() == Annotations.Scope.DOCUMENT) {
            add(c, documents, r.fullRef().groundPrefix(), a);
          }
        }
      }
    }
  }

  private static void add(Compilation c, Map<Ref, Annotations> all, Ref path, Annotations a) {
    Annotations before = all.putIfAbsent(path, a);
    if (before != null) {
      c.errors.typeError(
          a.location(), a.scope().text() + " annotation redeclared: " + before.location());
    }
  }

  /** What {@code rego.metadata.rule()} gives: the nearest metadata of the rule, or nothing. */
  static JsonObject rule(BranchUnit b) {
    List<Annotations> own = ownOf(b);
    return own.isEmpty() ? JsonObject.EMPTY : own.get(0).fields();
  }

  private static List<Annotations> ownOf(BranchUnit b) {
    List<Annotations> own = new ArrayList<>();
    for (Annotations a : b.source.annotations()) {
      if (a.scope() == Annotations.Scope.RULE) {
        own.add(a);
      }
    }
    own.sort(Comparator.comparingInt((Annotations a) -> a.location().row()).reversed());
    return own;
  }

  /** What {@code rego.metadata.chain()} gives: from the rule outwards to the root package. */
  JsonArray chain(RuleUnit rule, BranchUnit b) {
    Ref path = rule.fullRef().groundPrefix();
    Ref packagePath = rule.module.packagePath();
    List<JsonValue> links = new ArrayList<>();
    List<Annotations> own = ownOf(b);
    if (own.isEmpty()) {
      links.add(link(path, null));
    }
    own.forEach(a -> links.add(link(path, a)));
    addLink(links, path, documents.get(path));
    addLink(links, packagePath, packages.get(packagePath));
    for (int length = packagePath.size(); length > 0; length--) {
      Ref outer = packagePath.prefix(length);
      List<Annotations> here = subpackages.getOrDefault(outer, List.of());
      for (int i = here.size() - 1; i >= 0; i--) {
        addLink(links, outer, here.get(i));
      }
    }
    return JsonArray.copyOf(links);
  }

  private static void addLink(List<JsonValue> links, Ref path, @Nullable Annotations a) {
    if (a != null) {
      links.add(link(path, a));
    }
  }

  private static JsonObject link(Ref path, @Nullable Annotations a) {
    List<JsonValue> elements = new ArrayList<>();
    for (Term t : path.tail()) {
      elements.add(((ScalarTerm) t).value());
    }
    JsonObject.Builder link = JsonObject.builder(2).put("path", JsonArray.copyOf(elements));
    if (a != null) {
      link.put("annotations", a.fields());
    }
    return link.build();
  }
}
