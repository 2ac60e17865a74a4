package app.intentgate.file;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A file that grows at its end, each write durable when it returns. Nothing of one that failed
 * stays: the file is cut back to what was durable before, at once or, where that fails too, before
 * the next write and when it is closed. Not thread-safe.
 */
final class DurableFile implements Closeable {
  /** How much room there must be on a disk before it counts as back. */
  private static final int PROBE = 64 << 10;

  private final FileChannel channel;
  private long size;
  private boolean damaged;

  /** The folder as long as the file's name in it may not be durable. */
  private @Nullable Path unsure;

  DurableFile(FileChannel channel, @Nullable Path unsure) throws IOException {
    this.channel = channel;
    this.unsure = unsure;
    this.size = channel.size();
  }

  /** The file at a path, made if it is not there. */
  static DurableFile open(Path path) throws IOException {
    Path folder = Files.exists(path) ? null : folderOf(path);
    return new DurableFile(
        FileChannel.open(
            path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE),
        folder);
  }

  /** Replaces a file, as a whole or not at all, by one that its owner alone may read and write. */
  static DurableFile replacing(Path path, byte[] content) throws IOException {
    Path next = path.resolveSibling(path.getFileName() + ".next");
    Files.deleteIfExists(next);
    FileChannel channel =
        FileChannel.open(
            next, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), ownerOnly(next));
    try {
      DurableFile file = new DurableFile(channel, null);
      file.append(content);
      Files.move(next, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      file.unsure = folderOf(path);
      return file;
    } catch (IOException | RuntimeException | Error e) {
      channel.close();
      throw e;
    }
  }

  private static Path folderOf(Path path) {
    return path.toAbsolutePath().resolveSibling("");
  }

  private static FileAttribute<?>[] ownerOnly(Path file) {
    return isPosix(file)
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
        }
        : new FileAttribute<?>[0];
  }

  private static boolean isPosix(Path path) {
    return path.getFileSystem().supportedFileAttributeViews().contains("posix");
  }

  /** Adds bytes at the end: all of them, durably, or none. */
  void append(byte[] bytes) throws IOException {
    forceName();
    write(bytes);
    size += bytes.length;
    damaged = false;
  }

  /** Writes as much as a busy moment does, and takes it away again. */
  void probe() throws IOException {
    write(new byte[PROBE]);
    repair();
  }

  private void write(byte[] bytes) throws IOException {
    repair();
    damaged = true;
    try {
      ByteBuffer buffer = ByteBuffer.wrap(bytes);
      while (buffer.hasRemaining()) {
        channel.write(buffer, size + buffer.position());
      }
      channel.force(false);
    } catch (IOException | RuntimeException e) {
      try {
        repair();
      } catch (IOException again) {
        e.addSuppressed(again);
      }
      throw e;
    }
  }

  private void repair() throws IOException {
    if (damaged) {
      channel.truncate(size);
      channel.force(false);
      damaged = false;
    }
  }

  /** After a crash an older file of that name would be back: what is added may not miss there. */
  private void forceName() throws IOException {
    Path folder = unsure;
    if (folder != null && isPosix(folder)) {
      try (FileChannel names = FileChannel.open(folder, StandardOpenOption.READ)) {
        names.force(true);
      }
    }
    unsure = null;
  }

  /** How long it is. */
  long size() {
    return size;
  }

  /** What stands from a place to the end. */
  byte[] from(long start) throws IOException {
    ByteBuffer rest = ByteBuffer.allocate(Math.toIntExact(size - start));
    for (int read = 0; read >= 0 && rest.hasRemaining(); ) {
      read = channel.read(rest, start + rest.position());
    }
    return rest.array();
  }

  /** Cuts it, durably. */
  void cut(long end) throws IOException {
    size = end;
    damaged = true;
    repair();
  }

  @Override
  public void close() throws IOException {
    try (channel) {
      repair();
    }
  }
}
