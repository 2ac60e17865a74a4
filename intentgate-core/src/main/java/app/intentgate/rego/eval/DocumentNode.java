package app.intentgate.rego.eval;

import app.intentgate.json.JsonValue;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A place below {@code data} where packages or rules are. Rules end the tree: what is below them is
 * part of the document they make. Built once by the planner.
 */
public final class DocumentNode {
  private final JsonValue[] path;
  private final JsonValue key;
  private final @Nullable RuleSet rules;
  private final boolean hidden;
  private final Map<JsonValue, DocumentNode> children;

  /**
   * A place.
   *
   * @param key the last key of the path; {@code "data"} for the root
   * @param path the keys from {@code data} on
   * @param rules the rules here, or null
   * @param hidden whether the documents above leave it out
   * @param children the places below, in Rego's order; none when there are rules
   */
  public DocumentNode(
      JsonValue key,
      List<JsonValue> path,
      @Nullable RuleSet rules,
      boolean hidden,
      List<DocumentNode> children) {
    this.key = key;
    this.path = path.toArray(new JsonValue[0]);
    this.rules = rules;
    this.hidden = hidden;
    this.children = new LinkedHashMap<>();
    children.forEach(c -> this.children.put(c.key, c));
  }

  JsonValue[] path() {
    return path;
  }

  /** The last key of the path. */
  public JsonValue key() {
    return key;
  }

  /** The rules here, or null. */
  public @Nullable RuleSet rules() {
    return rules;
  }

  /** Whether the documents above leave it out. */
  boolean isHidden() {
    return hidden;
  }

  /** The places below, in Rego's order. */
  public Collection<DocumentNode> children() {
    return children.values();
  }

  /** The place one key below, or null. */
  public @Nullable DocumentNode child(JsonValue childKey) {
    return children.get(childKey);
  }
}
