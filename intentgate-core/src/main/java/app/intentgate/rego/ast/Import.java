package app.intentgate.rego.ast;

import app.intentgate.json.JsonString;
import app.intentgate.rego.spi.Location;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An import.
 *
 * @param path what is imported: starts with {@code data}, {@code input}, {@code future} or {@code
 *     rego}; one element only for {@code data} and {@code input} themselves
 * @param alias the name given with {@code as}, or null
 * @param location where the keyword {@code import} is
 */
public record Import(Ref path, @Nullable String alias, Location location) implements Node {
  /** The name that the import brings into the module: the alias, or the path's last element. */
  public String name() {
    if (alias != null) {
      return alias;
    }
    Term last = path.last();
    if (last instanceof ScalarTerm s && s.value() instanceof JsonString text) {
      return text.value();
    }
    return path.headName();
  }

  /** Whether it is {@code rego.v1}. */
  public boolean isRegoV1() {
    return path.isStringPath("rego", "v1");
  }

  /** Whether it is below {@code future.keywords}. */
  public boolean isFutureKeyword() {
    return path.startsWithStringPath("future", "keywords");
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Import o && path.equals(o.path) && Objects.equals(alias, o.alias);
  }

  @Override
  public int hashCode() {
    return Objects.hash(path, alias);
  }
}
