package app.intentgate.rego.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The files below a folder, folder by folder in the order of their names. Not thread-safe. */
final class FolderWalk {
  private final LoadOptions options;
  private final boolean followLinks;
  private final Set<Path> open = new HashSet<>();
  private final List<Path> found = new ArrayList<>();

  private FolderWalk(LoadOptions options, boolean followLinks) {
    this.options = options;
    this.followLinks = followLinks;
  }

  /**
   * The files that are not to be passed over.
   *
   * @param followLinks whether links count as what they lead to; one to a folder above is passed
   *     over
   */
  static List<Path> files(Path root, LoadOptions options, boolean followLinks) throws IOException {
    FolderWalk walk = new FolderWalk(options, followLinks);
    walk.folder(root);
    return walk.found;
  }

  private void folder(Path folder) throws IOException {
    Path real = folder.toRealPath();
    if (!open.add(real)) {
      return;
    }
    for (Path entry : sorted(folder)) {
      if (found.size() > Gathering.MAX_FILES) {
        break;
      }
      Path name = entry.getFileName();
      if (name != null && !options.ignores(name.toString())) {
        any(entry);
      }
    }
    open.remove(real);
  }

  private static List<Path> sorted(Path folder) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.sorted(Comparator.comparing(Path::getFileName)).toList();
    }
  }

  private void any(Path entry) throws IOException {
    LinkOption[] links =
        followLinks ? new LinkOption[0] : new LinkOption[] {LinkOption.NOFOLLOW_LINKS};
    if (Files.isDirectory(entry, links)) {
      folder(entry);
    } else if (Files.isRegularFile(entry, links)) {
      found.add(entry);
    }
  }

  /** The names of the folders between a root and a file. */
  static List<String> folders(Path root, Path file) {
    Path parent = root.toString().isEmpty() ? file.getParent() : root.relativize(file).getParent();
    List<String> names = new ArrayList<>();
    if (parent != null) {
      parent.forEach(folder -> names.add(folder.toString()));
    }
    return names;
  }
}
