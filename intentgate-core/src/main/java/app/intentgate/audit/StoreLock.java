package app.intentgate.audit;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** Keeps a second process, or a second store in this one, from opening the same data directory. */
public final class StoreLock implements Closeable {
  /**
   * What this process holds. Asked before a file is opened: on POSIX systems closing any descriptor
   * of a file gives up every lock that the process has on it, a refused second one's too.
   */
  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  private final Path file;
  private final FileChannel channel;
  private final FileLock lock;
  private final AtomicBoolean open = new AtomicBoolean(true);

  private StoreLock(Path file, FileChannel channel, FileLock lock) {
    this.file = file;
    this.channel = channel;
    this.lock = lock;
  }

  /**
   * Takes the lock. The operating system gives it back when the process ends, however it ends.
   *
   * @throws AuditException {@link AuditException.Code#DIRECTORY_HELD} when another has it
   */
  public static StoreLock take(Path file) throws IOException {
    StoreFiles.makePrivate(file);
    Path real = file.toRealPath();
    if (!HELD.add(real)) {
      throw held(String.valueOf(ProcessHandle.current().pid()), file);
    }
    try {
      return takeFrom(real);
    } catch (IOException | RuntimeException e) {
      HELD.remove(real);
      throw e;
    }
  }

  private static StoreLock takeFrom(Path file) throws IOException {
    FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
    try {
      FileLock lock = tryLock(channel);
      if (lock == null) {
        throw held(owner(channel), file);
      }
      channel.truncate(0);
      String pid = ProcessHandle.current().pid() + "\n";
      channel.write(ByteBuffer.wrap(pid.getBytes(StandardCharsets.US_ASCII)), 0);
      return new StoreLock(file, channel, lock);
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  private static AuditException held(String pid, Path file) {
    return new AuditException(
        AuditException.Code.DIRECTORY_HELD,
        "the store is open in process %s: stop it, or use another data directory (%s)"
            .formatted(pid, file));
  }

  /** Makes a file that only this user may read and write, if there is none. */
  public static void makePrivate(Path file) throws IOException {
    StoreFiles.makePrivate(file);
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null; // held in this process by a class of another loader
    }
  }

  private static String owner(FileChannel channel) throws IOException {
    ByteBuffer pid = ByteBuffer.allocate(20);
    channel.read(pid, 0);
    String text = new String(pid.array(), 0, pid.position(), StandardCharsets.US_ASCII).trim();
    return text.chars().allMatch(Character::isDigit) ? text : "";
  }

  @Override
  public void close() throws IOException {
    if (!open.compareAndSet(true, false)) {
      return;
    }
    try (channel) {
      lock.release();
    } finally {
      HELD.remove(file);
    }
  }
}
