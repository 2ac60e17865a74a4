package app.intentgate.rego.compile.pass;

import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonString;
import app.intentgate.json.JsonValue;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Refuses rules where the base data has a document, or has something in the way that is no object:
 * two sources of one document.
 */
final class DataConflicts {
  private final Compilation compilation;

  private DataConflicts(Compilation compilation) {
    this.compilation = compilation;
  }

  static void check(Compilation c) {
    if (c.checkedData != null && !c.checkedData.isEmpty()) {
      new DataConflicts(c).checkBelow(c.root, c.checkedData, "");
    }
  }

  private void checkBelow(RuleNode node, JsonObject data, String path) {
    for (Map.Entry<JsonValue, RuleNode> child : node.children.entrySet()) {
      JsonValue there = child.getKey() instanceof JsonString ? data.get(child.getKey()) : null;
      if (there != null) {
        check(child.getValue(), there, path + child.getKey().asText());
      }
    }
  }

  private void check(RuleNode node, JsonValue data, String path) {
    if (node.hasRules()) {
      refuse(node, path);
    } else if (data instanceof JsonObject object) {
      checkBelow(node, object, path + "/");
    } else {
      refuseBelow(node, path + "/");
    }
  }

  /** Every rule below a document that has no members. */
  private void refuseBelow(RuleNode node, String path) {
    for (Map.Entry<JsonValue, RuleNode> child : node.children.entrySet()) {
      @Nullable String name = child.getKey() instanceof JsonString s ? s.value() : null;
      if (name == null) {
        continue;
      }
      if (child.getValue().hasRules()) {
        refuse(child.getValue(), path + name);
      } else {
        refuseBelow(child.getValue(), path + name + "/");
      }
    }
  }

  private void refuse(RuleNode node, String path) {
    compilation.errors.compileError(
        node.rules.get(0).location(), "conflicting rule for data path " + path + " found");
  }
}
