package app.intentgate.rego.compile.types;

import app.intentgate.json.JsonBoolean;
import app.intentgate.json.JsonNumber;
import app.intentgate.json.JsonString;
import app.intentgate.json.JsonValue;
import app.intentgate.rego.ast.Ref;
import app.intentgate.rego.ast.ScalarTerm;
import app.intentgate.rego.spi.RegoType;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The types of rules by their paths below {@code data}. Not thread-safe. */
final class TypeTree {
  private final Map<JsonValue, TypeTree> children = new LinkedHashMap<>();
  private @Nullable RegoType type;

  /** The type of the rules here; null where there are none. */
  @Nullable RegoType type() {
    return type;
  }

  boolean hasChildren() {
    return !children.isEmpty();
  }

  @Nullable TypeTree child(JsonValue key) {
    return children.get(key);
  }

  /** Takes all that is at a path for something unknown. */
  void forget(Ref groundPath) {
    at(groundPath).type = RegoType.ANY;
  }

  private TypeTree at(Ref groundPath) {
    TypeTree node = this;
    for (int i = 1; i < groundPath.size(); i++) {
      node = node.children.computeIfAbsent(key(groundPath, i), k -> new TypeTree());
    }
    return node;
  }

  private static JsonValue key(Ref path, int index) {
    return path.get(index) instanceof ScalarTerm s
        ? s.value()
        : JsonString.of(path.get(index).toString());
  }

  /** Adds the type of a rule. Rules that give objects above it have it as a member, too. */
  void insert(Ref groundPath, RegoType added) {
    TypeTree node = this;
    for (int i = 1; i < groundPath.size(); i++) {
      if (node.type != null) {
        node.type = withMember(node.type, groundPath, i, added);
      }
      node = node.children.computeIfAbsent(key(groundPath, i), k -> new TypeTree());
    }
    node.type = Types.merge(node.type, added);
    if (node.type != null && node.hasChildren()) {
      node.type = node.withLeaves(node.type);
    }
    node.type = node.type == null ? null : Types.bounded(node.type);
  }

  private static RegoType withMember(RegoType type, Ref path, int index, RegoType added) {
    if (index == path.size()) {
      return Types.orAny(Types.or(type, added));
    }
    if (!(type instanceof RegoType.Obj object)) {
      return RegoType.ANY;
    }
    RegoType below =
        index + 1 == path.size()
            ? added
            : withMember(new RegoType.Obj(Map.of(), null, null), path, index + 1, added);
    return new RegoType.Obj(
        object.members(),
        Types.or(object.key(), Types.of(key(path, index))),
        Types.or(object.value(), below));
  }

  private RegoType withLeaves(RegoType own) {
    if (!(own instanceof RegoType.Obj object)) {
      return RegoType.ANY;
    }
    RegoType key = object.key();
    RegoType value = object.value();
    for (Map.Entry<JsonValue, TypeTree> child : children.entrySet()) {
      key = Types.or(key, Types.of(child.getKey()));
      value = Types.or(value, child.getValue().extent());
    }
    return new RegoType.Obj(object.members(), key, value);
  }

  /** The type of the document here: of the rules, or of what is below, with other members. */
  RegoType extent() {
    if (type != null) {
      return type;
    }
    Map<JsonValue, RegoType> members = new LinkedHashMap<>();
    children.forEach(
        (key, child) -> {
          if (key instanceof JsonString
              || key instanceof JsonNumber
              || key instanceof JsonBoolean) {
            members.put(key, child.extent());
          }
        });
    return new RegoType.Obj(members, RegoType.Scalar.STRING, RegoType.ANY);
  }
}
