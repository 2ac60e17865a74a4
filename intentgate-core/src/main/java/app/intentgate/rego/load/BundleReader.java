package app.intentgate.rego.load;

import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonValue;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/** Reads bundles, packed or as folders, and holds them to their manifests. */
final class BundleReader {
  private final LoadOptions options;
  private final Gathering all;

  /** A file of a bundle: its name for errors, its path from the bundle's root on, its bytes. */
  private record Entry(String name, List<String> path, byte[] content) {
    String last() {
      return path.get(path.size() - 1);
    }

    List<String> folders() {
      return path.subList(0, path.size() - 1);
    }
  }

  BundleReader(LoadOptions options, Gathering all) {
    this.options = options;
    this.all = all;
  }

  /**
   * Adds what a bundle holds.
   *
   * @throws IOException when it cannot be read, or is none
   */
  void read(String name, Path bundle) throws IOException {
    List<Entry> entries = Files.isDirectory(bundle) ? folder(bundle) : packed(name, bundle);
    BundleManifest manifest = BundleManifest.none(name);
    for (Entry entry : entries) {
      if (entry.path().size() == 1 && entry.last().equals(BundleManifest.FILE)) {
        try {
          manifest = BundleManifest.of(name, Gathering.read(FileKind.JSON, entry.content()));
        } catch (IllegalArgumentException e) {
          all.problems.add(entry.name() + ": " + e.getMessage());
          return;
        }
      }
    }
    all.bundles.add(manifest);
    for (Entry entry : entries) {
      add(entry, manifest);
    }
  }

  private void add(Entry entry, BundleManifest manifest) {
    FileKind kind = FileKind.of(entry.last());
    if (kind == FileKind.REGO) {
      String source = new String(entry.content(), java.nio.charset.StandardCharsets.UTF_8);
      String path = manifest.permits("") ? null : PackagePath.of(source);
      if (path != null && !manifest.permits(path)) {
        all.problems.add(
            "manifest roots "
                + manifest.roots()
                + " do not permit 'package "
                + path.replace('/', '.')
                + "' in module '"
                + entry.name()
                + "'");
        return;
      }
      all.module(entry.name(), entry.content());
    } else if (isData(entry.last())) {
      JsonValue document = all.document(entry.name(), kind, entry.content());
      if (document == null) {
        return;
      }
      String stray = stray(manifest, String.join("/", entry.folders()), document);
      if (stray != null) {
        all.problems.add(
            "manifest roots "
                + manifest.roots()
                + " do not permit data at path '/"
                + stray
                + "' (hint: check bundle directory structure)");
        return;
      }
      all.place(entry.name(), entry.folders(), document);
    }
  }

  private static boolean isData(String name) {
    return name.equals("data.json") || name.equals("data.yaml") || name.equals("data.yml");
  }

  /** The path of data that lies in no root, or null: what is above a root may only lead to it. */
  private static @Nullable String stray(BundleManifest manifest, String path, JsonValue document) {
    if (manifest.permits(path)) {
      return null;
    }
    if (!(document instanceof JsonObject object) || !manifest.leadsToRoot(path)) {
      return path;
    }
    for (int i = 0; i < object.size(); i++) {
      String below = (path.isEmpty() ? "" : path + "/") + object.nameAt(i);
      String stray = stray(manifest, below, object.valueAt(i));
      if (stray != null) {
        return stray;
      }
    }
    return null;
  }

  private List<Entry> folder(Path root) throws IOException {
    List<Entry> entries = new ArrayList<>();
    for (Path file : FolderWalk.files(root, options, false)) {
      String last = String.valueOf(file.getFileName());
      if (counts(last) && all.admits(file.toString(), Files.size(file))) {
        List<String> path = new ArrayList<>(FolderWalk.folders(root, file));
        path.add(last);
        entries.add(new Entry(file.toString(), path, Files.readAllBytes(file)));
      }
    }
    return entries;
  }

  private List<Entry> packed(String name, Path bundle) throws IOException {
    List<Entry> entries = new ArrayList<>();
    try (InputStream file = new BufferedInputStream(Files.newInputStream(bundle));
        InputStream unpacked = new GZIPInputStream(file, 1 << 16)) {
      TarReader tar = new TarReader(unpacked, Gathering.MAX_BYTES);
      for (TarReader.Member member = tar.next(); member != null; member = tar.next()) {
        List<String> path =
            Arrays.stream(member.name().split("/", -1))
                .filter(part -> !part.isEmpty() && !part.equals("."))
                .toList();
        if (path.isEmpty() || path.contains("..")) {
          continue;
        }
        String shown = name + ":/" + String.join("/", path);
        String last = path.get(path.size() - 1);
        if (counts(last)
            && path.stream().noneMatch(options::ignores)
            && all.admits(shown, member.content().length)) {
          entries.add(new Entry(shown, path, member.content()));
        }
      }
    }
    return entries;
  }

  private static boolean counts(String last) {
    return last.endsWith(".rego") || isData(last) || last.equals(BundleManifest.FILE);
  }

  /** Bundles that claim the same paths cannot be loaded together. */
  static void checkOverlap(Gathering all) {
    for (int i = 0; i < all.bundles.size(); i++) {
      for (int j = i + 1; j < all.bundles.size(); j++) {
        BundleManifest a = all.bundles.get(i);
        BundleManifest b = all.bundles.get(j);
        boolean overlap = a.roots().stream().anyMatch(b::overlaps);
        if (overlap) {
          all.problems.add(
              "detected overlapping roots in manifests for these bundles: ["
                  + a.name()
                  + ", "
                  + b.name()
                  + "]");
        }
      }
    }
  }
}
