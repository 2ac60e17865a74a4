package app.intentgate.rego.load;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;

/** The files below a folder, sorted; links to folders are not followed. */
final class FolderWalk {
  private FolderWalk() {}

  static List<Path> files(Path root, LoadOptions options) throws IOException {
    List<Path> found = new ArrayList<>();
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            return !folder.equals(root) && options.ignores(name(folder))
                ? FileVisitResult.SKIP_SUBTREE
                : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (!options.ignores(name(file)) && Files.isRegularFile(file)) {
              found.add(file);
            }
            return found.size() > Gathering.MAX_FILES
                ? FileVisitResult.TERMINATE
                : FileVisitResult.CONTINUE;
          }
        });
    found.sort(null);
    return found;
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

  private static String name(Path path) {
    Path name = path.getFileName();
    return name == null ? "" : name.toString();
  }
}
