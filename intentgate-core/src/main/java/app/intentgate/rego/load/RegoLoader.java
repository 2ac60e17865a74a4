package app.intentgate.rego.load;

import app.intentgate.json.JsonValue;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/**
 * Loads as OPA does. A path may be a Rego, JSON or YAML file, a folder of such, or a bundle; data
 * of a folder stands under the folders it is in. A path {@code a.b:file} puts the data below {@code
 * data.a.b}. Bounded to 100,000 files and 512 MiB. Immutable and thread-safe.
 */
public final class RegoLoader {
  private final LoadOptions options;

  /** A loader. */
  public RegoLoader(LoadOptions options) {
    this.options = options;
  }

  /** A loader of everything. */
  public static RegoLoader ofDefaults() {
    return new RegoLoader(LoadOptions.ofDefaults());
  }

  /**
   * Loads files and folders.
   *
   * @throws RegoLoadException with every problem: a file that is missing or malformed, documents
   *     that are in each other's way
   */
  public RegoFiles load(Collection<String> paths) throws RegoLoadException {
    return load(paths, List.of());
  }

  /**
   * Loads files, folders and bundles.
   *
   * @param paths files and folders
   * @param bundles {@code .tar.gz} files and folders that are laid out as bundles: of data only the
   *     files named {@code data.json}, {@code data.yaml} or {@code data.yml} count, and a {@code
   *     .manifest} says what the bundle may hold
   * @throws RegoLoadException with every problem
   */
  public RegoFiles load(Collection<String> paths, Collection<String> bundles)
      throws RegoLoadException {
    try {
      return gather(paths, bundles);
    } catch (StackOverflowError | OutOfMemoryError e) {
      throw new RegoLoadException(
          List.of("not enough memory to load this: give java more, such as -Xmx2g"));
    }
  }

  private RegoFiles gather(Collection<String> paths, Collection<String> bundles)
      throws RegoLoadException {
    Gathering all = new Gathering();
    BundleReader reader = new BundleReader(options, all);
    for (String path : paths) {
      any(path, all, reader);
    }
    for (String bundle : bundles) {
      String name = withoutScheme(bundle);
      try {
        reader.read(name, Path.of(name));
      } catch (IOException e) {
        all.problems.add(sentence(name, e));
      }
    }
    BundleReader.checkOverlap(all);
    if (!all.problems.isEmpty()) {
      throw new RegoLoadException(all.problems);
    }
    return new RegoFiles(all.modules, all.data(), all.bundles);
  }

  /**
   * Reads one document, which is JSON or, whatever its name, YAML.
   *
   * @throws RegoLoadException when it is neither
   */
  public static JsonValue document(String name, byte[] content) throws RegoLoadException {
    try {
      return Gathering.read(content, FileKind.of(name));
    } catch (IllegalArgumentException e) {
      throw new RegoLoadException(List.of(name + ": " + e.getMessage()));
    } catch (StackOverflowError | OutOfMemoryError e) {
      throw new RegoLoadException(
          List.of(name + ": not enough memory to read this: give java more, such as -Xmx2g"));
    }
  }

  private void any(String word, Gathering all, BundleReader reader) {
    String path = withoutScheme(word);
    List<String> under = List.of();
    int colon = path.indexOf(':');
    if (path.equals(word) && colon > 0 && !Files.exists(Path.of(path))) {
      under = Arrays.asList(path.substring(0, colon).split("\\.", -1));
      path = path.substring(colon + 1);
    }
    try {
      Path file = Path.of(path);
      if (!Files.exists(file)) {
        throw new NoSuchFileException(path);
      }
      if (Files.isDirectory(file)) {
        folder(file.normalize(), under, all, reader);
      } else {
        named(path, file, under, all, reader);
      }
    } catch (IOException e) {
      all.problems.add(sentence(path, e));
    }
  }

  private void folder(Path root, List<String> under, Gathering all, BundleReader reader)
      throws IOException {
    for (Path file : FolderWalk.files(root, options, true)) {
      List<String> path = new ArrayList<>(under);
      path.addAll(FolderWalk.folders(root, file));
      try {
        file(file.toString(), file, path, all, reader);
      } catch (IOException e) {
        all.problems.add(sentence(file.toString(), e));
      }
    }
  }

  /** A file that was named itself: whatever its name, it may hold any of what can be loaded. */
  private void named(String name, Path file, List<String> under, Gathering all, BundleReader reader)
      throws IOException {
    if (FileKind.of(name) != FileKind.OTHER) {
      file(name, file, under, all, reader);
    } else if (options.withData() && all.isNew(file, under) && all.admits(name, Files.size(file))) {
      byte[] content = Files.readAllBytes(file);
      if (PackagePath.of(new String(content, StandardCharsets.UTF_8)) != null) {
        all.module(name, content);
      } else {
        all.place(name, under, unnamed(content));
      }
    }
  }

  private static JsonValue unnamed(byte[] content) throws IOException {
    try {
      return Gathering.read(content, FileKind.OTHER);
    } catch (IllegalArgumentException e) {
      throw new IOException("can't recognize file type", e);
    }
  }

  private void file(String name, Path file, List<String> under, Gathering all, BundleReader reader)
      throws IOException {
    FileKind kind = FileKind.of(name);
    if (kind == FileKind.OTHER || (kind != FileKind.REGO && !options.withData())) {
      return;
    }
    if (!all.isNew(file, under)) {
      return;
    }
    if (kind == FileKind.BUNDLE) {
      reader.read(name, file);
    } else if (all.admits(name, Files.size(file))) {
      byte[] content = Files.readAllBytes(file);
      if (kind == FileKind.REGO) {
        all.module(name, content);
        return;
      }
      JsonValue document = all.document(name, kind, content);
      if (document != null) {
        all.place(name, under, document);
      }
    }
  }

  private static String withoutScheme(String path) {
    return path.startsWith("file://") ? path.substring("file://".length()) : path;
  }

  private static String sentence(String name, IOException e) {
    if (e instanceof NoSuchFileException) {
      return "stat " + name + ": no such file or directory";
    }
    if (e instanceof AccessDeniedException) {
      return name + ": permission denied";
    }
    String message = e.getMessage();
    return name + ": " + (message == null ? e.getClass().getSimpleName() : message);
  }
}
