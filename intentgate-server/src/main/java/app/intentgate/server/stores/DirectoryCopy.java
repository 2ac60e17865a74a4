package app.intentgate.server.stores;

import app.intentgate.jdbc.SqliteCopy;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Copies a data directory whose gate may be running, so that a gate can be started on the copy.
 * What is remembered of the log is copied before the log, so that the log is never behind it; a
 * line that was being written is left out.
 */
public final class DirectoryCopy {
  private static final String DATABASE = "intentgate.db";
  private static final String LOG = "audit.jsonl";
  private static final String LINES = ".jsonl";

  /** In this order: what may be newer comes after what speaks of it. */
  private static final List<String> FIRST =
      List.of("audit.spill", LOG + ".heads", "state.jsonl", "checkpoints.txt");

  /** Of this process alone, or made anew from the rest. */
  private static final List<String> LEFT_OUT =
      List.of(".lock", "-wal", "-shm", "-journal", ".done", ".new", ".next", ".part");

  private DirectoryCopy() {}

  /**
   * Makes a copy.
   *
   * @param to a directory to make; it must not exist or be empty
   * @return the names of the files that were copied
   * @throws app.intentgate.jdbc.DatabaseException when the database in it cannot be copied
   */
  public static List<String> make(Path from, Path to) throws IOException {
    if (!Files.isDirectory(from)) {
      throw new NoSuchFileException(from.toString());
    }
    prepare(to);
    List<String> names = new ArrayList<>(FIRST);
    names.add(LOG);
    try (Stream<Path> all = Files.list(from)) {
      all.filter(Files::isRegularFile)
          .map(file -> String.valueOf(file.getFileName()))
          .filter(name -> !names.contains(name) && !name.equals(DATABASE))
          .filter(name -> LEFT_OUT.stream().noneMatch(name::endsWith))
          .sorted()
          .forEach(names::add);
    }
    List<String> copied = new ArrayList<>();
    for (String name : names) {
      if (Files.exists(from.resolve(name))) {
        copy(from.resolve(name), to.resolve(name), name.endsWith(LINES));
        copied.add(name);
      }
    }
    if (Files.exists(from.resolve(DATABASE))) {
      SqliteCopy.make(from.resolve(DATABASE), to.resolve(DATABASE));
      copied.add(DATABASE);
    }
    return copied;
  }

  private static void prepare(Path to) throws IOException {
    if (!Files.exists(to)) {
      Files.createDirectories(to);
    } else {
      try (Stream<Path> inside = Files.list(to)) {
        if (inside.findAny().isPresent()) {
          throw new FileAlreadyExistsException(to.toString(), null, "it is not empty");
        }
      }
    }
    if (to.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      Files.setPosixFilePermissions(to, PosixFilePermissions.fromString("rwx------"));
    }
  }

  private static void copy(Path from, Path to, boolean lines) throws IOException {
    Files.copy(from, to, StandardCopyOption.COPY_ATTRIBUTES);
    try (FileChannel channel =
        FileChannel.open(to, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      if (lines) {
        channel.truncate(wholeLines(channel));
      }
      channel.force(true);
    }
  }

  private static long wholeLines(FileChannel channel) throws IOException {
    ByteBuffer one = ByteBuffer.allocate(1);
    long end = channel.size();
    while (end > 0 && (channel.read(one.clear(), end - 1) != 1 || one.get(0) != '\n')) {
      end--;
    }
    return end;
  }
}
