package app.intentgate.rego.eval;

import app.intentgate.json.JsonArray;
import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonSet;
import app.intentgate.json.JsonValue;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A ref into {@code data} with a variable where packages or rules are: iterates over base documents
 * and rules alike. The general, slow form; refs that are known when planned have faster ones.
 */
public final class TreeWalk extends Step {
  private final DocumentNode start;
  private final Element[] elements;
  private final int resultSlot;
  private final Step next;

  /**
   * An element of the ref: a key that is known by then, or one that is looked for.
   *
   * @param key the known key, or null
   * @param keySlot where a key that is looked for goes
   * @param pattern what it must fit, or null
   */
  public record Element(@Nullable Operand key, int keySlot, @Nullable Guard pattern) {}

  /**
   * A walk.
   *
   * @param start where in the tree it starts; has no rules
   * @param resultSlot where what is found goes
   */
  public TreeWalk(DocumentNode start, List<Element> elements, int resultSlot, Step next) {
    this.start = start;
    this.elements = elements.toArray(new Element[0]);
    this.resultSlot = resultSlot;
    this.next = next;
  }

  @Override
  public boolean run(EvalContext c, int base) {
    JsonValue[] path = Arrays.copyOf(start.path(), start.path().length + elements.length);
    boolean replaced = c.overlay != null && c.overlay.covers(path, start.path().length);
    return inTree(c, base, replaced ? null : start, path, start.path().length, 0);
  }

  /** Below a place of the tree, or in base documents alone when there is no place. */
  private boolean inTree(
      EvalContext c, int base, @Nullable DocumentNode node, JsonValue[] path, int length, int at) {
    if (node == null) {
      JsonValue value = Documents.base(c, path, length);
      return value != null && inValue(c, base, value, at);
    }
    if (at == elements.length) {
      JsonValue value = Documents.whole(c, node);
      return value != null && inValue(c, base, value, at);
    }
    Element element = elements[at];
    if (element.key != null) {
      JsonValue key = element.key.eval(c, base);
      return key != null && descend(c, base, node, path, length, at, key);
    }
    JsonValue stored = Documents.base(c, path, length);
    if (stored != null && Values.isCollection(stored)) {
      int size = Values.size(c, stored);
      for (int i = 0; i < size; i++) {
        JsonValue key = Values.keyAt(stored, i);
        if (fits(c, base, element, key) && descend(c, base, node, path, length, at, key)) {
          return true;
        }
      }
    }
    for (DocumentNode child : node.children()) {
      JsonValue key = child.key();
      boolean seen = stored instanceof JsonObject object && object.containsKey(key);
      if (!seen && fits(c, base, element, key) && descend(c, base, node, path, length, at, key)) {
        return true;
      }
    }
    return false;
  }

  private static boolean fits(EvalContext c, int base, Element element, JsonValue key) {
    c.tick();
    c.stack[base + element.keySlot] = key;
    return element.pattern == null || element.pattern.holds(c, base);
  }

  private boolean descend(
      EvalContext c,
      int base,
      DocumentNode node,
      JsonValue[] path,
      int length,
      int at,
      JsonValue key) {
    path[length] = key;
    boolean replaced = c.overlay != null && c.overlay.covers(path, length + 1);
    DocumentNode child = replaced ? null : node.child(key);
    if (child == null || child.rules() == null) {
      return inTree(c, base, child, path, length + 1, at + 1);
    }
    return inRules(c, base, child.rules(), at + 1);
  }

  private boolean inRules(EvalContext c, int base, RuleSet rules, int at) {
    int given = 0;
    if (rules instanceof PartialRules partial) {
      while (at + given < elements.length && elements[at + given].key != null) {
        given++;
      }
      given = partial.plannedKeys(given);
      if (given > 0) {
        JsonValue[] keys = new JsonValue[given];
        for (int i = 0; i < given; i++) {
          JsonValue key = known(elements[at + i]).eval(c, base);
          if (key == null) {
            return false;
          }
          keys[i] = key;
        }
        JsonValue value = partial.lookup(c, keys);
        return value != null && inValue(c, base, value, at + given);
      }
    }
    JsonValue value = rules.document(c);
    return value != null && inValue(c, base, value, at);
  }

  private static Operand known(Element element) {
    if (element.key == null) {
      throw new IllegalStateException("key is not known");
    }
    return element.key;
  }

  private boolean inValue(EvalContext c, int base, JsonValue value, int at) {
    if (at == elements.length) {
      c.stack[base + resultSlot] = value;
      return next.run(c, base);
    }
    Element element = elements[at];
    if (element.key != null) {
      JsonValue child = Values.get(value, element.key.eval(c, base));
      return child != null && inValue(c, base, child, at + 1);
    }
    if (value instanceof JsonArray || value instanceof JsonObject || value instanceof JsonSet) {
      int size = Values.size(c, value);
      for (int i = 0; i < size; i++) {
        JsonValue key = Values.keyAt(value, i);
        JsonValue child = Values.get(value, key);
        if (child != null && fits(c, base, element, key) && inValue(c, base, child, at + 1)) {
          return true;
        }
      }
    }
    return false;
  }
}
