package app.intentgate.rego.load;

import app.intentgate.json.JsonArray;
import app.intentgate.json.JsonNumber;
import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonString;
import app.intentgate.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a bundle says of itself in its {@code .manifest}.
 *
 * @param name the bundle's file or folder
 * @param revision its revision, empty when it names none
 * @param roots the paths it owns, with slashes; one empty path owns everything
 * @param regoVersion 0 or 1 when the manifest says which Rego its modules are written in
 */
public record BundleManifest(
    String name, String revision, List<String> roots, @Nullable Integer regoVersion) {
  static final String FILE = ".manifest";

  /** Copies the list. */
  public BundleManifest {
    roots = List.copyOf(roots);
  }

  /** Of a bundle without one: it owns everything. */
  static BundleManifest none(String name) {
    return new BundleManifest(name, "", List.of(""), null);
  }

  /**
   * Reads a manifest.
   *
   * @throws IllegalArgumentException when it is none, naming the member
   */
  static BundleManifest of(String name, JsonValue document) {
    if (!(document instanceof JsonObject manifest)) {
      throw new IllegalArgumentException("bundle load failed on manifest: want an object");
    }
    JsonValue revision = manifest.get("revision");
    if (revision != null && !(revision instanceof JsonString)) {
      throw new IllegalArgumentException("bundle load failed on manifest: revision is no string");
    }
    return new BundleManifest(
        name,
        revision == null ? "" : ((JsonString) revision).value(),
        roots(manifest.get("roots")),
        version(manifest));
  }

  private static List<String> roots(@Nullable JsonValue value) {
    if (value == null || value.typeOrder() == 0) {
      return List.of("");
    }
    if (!(value instanceof JsonArray array)) {
      throw new IllegalArgumentException("bundle load failed on manifest: roots is no array");
    }
    List<String> roots = new ArrayList<>();
    for (JsonValue item : array) {
      if (!(item instanceof JsonString s)) {
        throw new IllegalArgumentException("bundle load failed on manifest: a root is no string");
      }
      String root = trimmed(s.value());
      for (String other : roots) {
        if (contains(root, other) || contains(/* outer= */ other, /* inner= */ root)) {
          throw new IllegalArgumentException(
              "manifest has overlapped roots: '" + root + "' and '" + other + "'");
        }
      }
      roots.add(root);
    }
    return roots;
  }

  private static @Nullable Integer version(JsonObject manifest) {
    JsonValue files = manifest.get("file_rego_versions");
    if (files instanceof JsonObject o && !o.isEmpty()) {
      throw new IllegalArgumentException(
          "bundle load failed on manifest: file_rego_versions is not supported");
    }
    JsonValue version = manifest.get("rego_version");
    if (version == null) {
      return null;
    }
    if (version instanceof JsonNumber n
        && n.fitsLong()
        && (n.longValue() == 0 || n.longValue() == 1)) {
      return (int) n.longValue();
    }
    throw new IllegalArgumentException(
        "bundle load failed on manifest: rego_version is not 0 or 1");
  }

  private static String trimmed(String root) {
    int from = 0;
    int to = root.length();
    while (from < to && root.charAt(from) == '/') {
      from++;
    }
    while (to > from && root.charAt(to - 1) == '/') {
      to--;
    }
    return root.substring(from, to);
  }

  /** Whether a path lies in one of the roots. */
  boolean permits(String path) {
    return roots.stream().anyMatch(root -> contains(root, path));
  }

  /** Whether a root lies below a path. */
  boolean leadsToRoot(String path) {
    return roots.stream().anyMatch(root -> contains(path, root));
  }

  /** Whether one of the roots contains a path, or lies in it. */
  boolean overlaps(String path) {
    return permits(path) || leadsToRoot(path);
  }

  /** Whether the outer path is the inner one or above it. */
  private static boolean contains(String outer, String inner) {
    return outer.isEmpty() || inner.equals(outer) || inner.startsWith(outer + "/");
  }
}
