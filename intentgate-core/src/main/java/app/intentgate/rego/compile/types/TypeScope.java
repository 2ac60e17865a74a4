package app.intentgate.rego.compile.types;

import app.intentgate.rego.spi.RegoType;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The types of the variables of a body, within those of the body around it. Not thread-safe. */
final class TypeScope {
  private final @Nullable TypeScope outer;
  private final Map<String, RegoType> types = new HashMap<>();
  private final Set<String> aliases = new HashSet<>();

  TypeScope(@Nullable TypeScope outer) {
    this.outer = outer;
  }

  /** The type of a variable, or null when it is not known yet. */
  @Nullable RegoType get(String variable) {
    for (TypeScope s = this; s != null; s = s.outer) {
      RegoType type = s.types.get(variable);
      if (type != null) {
        return type;
      }
    }
    return null;
  }

  /** Notes that a variable stands for a ref that the source has in its place. */
  void markAlias(String variable) {
    aliases.add(variable);
  }

  /** Whether a variable stands for a ref, so that its type cannot widen. */
  boolean isAlias(String variable) {
    for (TypeScope s = this; s != null; s = s.outer) {
      if (s.aliases.contains(variable)) {
        return true;
      }
    }
    return false;
  }

  void put(String variable, @Nullable RegoType type) {
    if (type != null) {
      types.put(variable, type);
    }
  }
}
