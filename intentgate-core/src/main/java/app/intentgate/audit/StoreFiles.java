package app.intentgate.audit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * Where a file store keeps what: the chain itself, and beside it the remembered heads, the lock,
 * and what was cut off as torn.
 *
 * @param log the events, one JSON line each
 * @param heads the remembered heads; see {@link SavedHeads}
 * @param torn what torn last lines held
 * @param lock held while a process has the store open
 */
record StoreFiles(Path log, Path heads, Path torn, Path lock) {
  static StoreFiles of(Path log) {
    Path absolute = log.toAbsolutePath();
    String name = String.valueOf(absolute.getFileName());
    return new StoreFiles(
        absolute,
        absolute.resolveSibling(name + ".heads"),
        absolute.resolveSibling(name + ".torn"),
        absolute.resolveSibling(name + ".lock"));
  }

  /** Makes the directory, for its owner alone, if it is not there. */
  void makeDirectory() throws IOException {
    Path directory = directory();
    if (Files.isDirectory(directory)) {
      return;
    }
    if (isPosix(directory)) {
      Files.createDirectories(
          directory,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    } else {
      Files.createDirectories(directory);
    }
  }

  /** Makes a file that its owner alone may read and write, if it is not there. */
  static void makePrivate(Path file) throws IOException {
    if (Files.exists(file)) {
      return;
    }
    if (isPosix(file)) {
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    } else {
      Files.createFile(file);
    }
  }

  private static boolean isPosix(Path path) {
    return path.getFileSystem().supportedFileAttributeViews().contains("posix");
  }

  /** Makes names in the directory durable, where the system can. */
  void forceDirectory() throws IOException {
    if (isPosix(log)) {
      try (FileChannel channel = FileChannel.open(directory(), StandardOpenOption.READ)) {
        channel.force(true);
      }
    }
  }

  private Path directory() {
    Path parent = log.getParent();
    if (parent == null) {
      throw new UncheckedIOException(new IOException(log + " is no file name"));
    }
    return parent;
  }
}
