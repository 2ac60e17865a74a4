package app.intentgate.file;

import app.intentgate.json.JsonLimits;
import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonParseException;
import app.intentgate.json.JsonReader;
import app.intentgate.json.JsonWriter;
import app.intentgate.store.StoreUnavailableException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A file of JSON lines that grows at its end, each line durable before its stage completes; one
 * thread writes what waits in one write and one force. Written anew from memory when it is opened
 * and whenever it has grown to four times what it was then (and to a size worth the trouble), so
 * that it stays in proportion to what it says. Thread-safe.
 */
final class StateLog implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(StateLog.class.getName());
  private static final int MAX_PENDING = 100_000;
  private static final int PROBE = 64 << 10;
  private static final long PROBE_EVERY_MS = 500;
  private static final JsonLimits LIMITS = JsonLimits.ofDefaults().withMaxBytes(64 << 20);

  private record Line(byte[] bytes, CompletableFuture<Void> durable) {}

  private final Path path;
  private final long worthRewriting;
  private final Supplier<List<JsonObject>> compacted;
  private FileChannel channel;
  private long rewriteAt;
  private final BlockingQueue<Line> queue = new LinkedBlockingQueue<>(MAX_PENDING);
  private final Thread writer;
  private final Line end = new Line(new byte[0], new CompletableFuture<>());
  private volatile boolean closed;
  private volatile @Nullable String problem;

  private StateLog(
      Path path, long worthRewriting, Supplier<List<JsonObject>> compacted, FileChannel channel)
      throws IOException {
    this.path = path;
    this.worthRewriting = worthRewriting;
    this.compacted = compacted;
    this.channel = channel;
    this.rewriteAt = Math.max(worthRewriting, 4 * channel.size());
    this.writer = new Thread(this::run, "state-log");
    writer.setDaemon(true);
  }

  /**
   * Reads a log, hands each line over, and rewrites the file to what the lines came to.
   *
   * @param path the file; need not exist
   * @param worthRewriting the size in bytes below which a file that grows is left alone
   * @param reader takes each line in order
   * @param compacted the lines that say the same as all that were read and appended
   * @throws StoreUnavailableException when the file cannot be read or written, naming it
   */
  static StateLog open(
      Path path,
      long worthRewriting,
      Consumer<JsonObject> reader,
      Supplier<List<JsonObject>> compacted) {
    try {
      if (Files.exists(path)) {
        readAll(path, reader);
      }
      StateLog log = new StateLog(path, worthRewriting, compacted, rewritten(path, compacted));
      log.writer.start();
      return log;
    } catch (IOException e) {
      throw new StoreUnavailableException(path + " cannot be opened: " + e.getMessage(), e);
    }
  }

  /** Replaces the file by one with the compacted lines, and opens that at its end. */
  private static FileChannel rewritten(Path path, Supplier<List<JsonObject>> compacted)
      throws IOException {
    Path next = path.resolveSibling(path.getFileName() + ".next");
    Files.deleteIfExists(next);
    try (FileChannel out =
        FileChannel.open(
            next,
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            ownerOnly(next))) {
      write(out, compacted.get().stream().map(StateLog::lineOf).toList());
    }
    Files.move(next, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    return FileChannel.open(path, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
  }

  private static FileAttribute<?>[] ownerOnly(Path file) {
    return file.getFileSystem().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
        }
        : new FileAttribute<?>[0];
  }

  private static void readAll(Path path, Consumer<JsonObject> reader) throws IOException {
    byte[] all = Files.readAllBytes(path);
    int start = 0;
    int number = 1;
    for (int i = 0; i < all.length; i++) {
      if (all[i] == '\n') {
        readLine(path, number++, Arrays.copyOfRange(all, start, i), reader);
        start = i + 1;
      }
    }
    if (start < all.length) {
      Path torn = path.resolveSibling(path.getFileName() + ".torn");
      Files.write(torn, Arrays.copyOfRange(all, start, all.length));
      LOG.log(Level.WARNING, "{0}: the last line was cut off in writing; kept as {1}", path, torn);
    }
  }

  private static void readLine(Path path, int number, byte[] line, Consumer<JsonObject> reader) {
    try {
      if (JsonReader.parse(line, LIMITS) instanceof JsonObject object) {
        reader.accept(object);
        return;
      }
    } catch (JsonParseException | IllegalArgumentException e) {
      throw new StoreUnavailableException(path + ": line " + number + " is damaged", e);
    }
    throw new StoreUnavailableException(path + ": line " + number + " is no object");
  }

  /** Appends a line; complete once it is durable. */
  CompletionStage<Void> append(JsonObject line) {
    Line waiting = new Line(lineOf(line), new CompletableFuture<>());
    if (closed) {
      waiting.durable.completeExceptionally(isClosed());
    } else if (!queue.offer(waiting)) {
      waiting.durable.completeExceptionally(
          new StoreUnavailableException(path + ": more than " + MAX_PENDING + " wait"));
    } else if (!writer.isAlive() && queue.remove(waiting)) {
      // Offered between the last look of the writer and its end.
      waiting.durable.completeExceptionally(isClosed());
    }
    return waiting.durable;
  }

  private StoreUnavailableException isClosed() {
    return new StoreUnavailableException(path + " is closed");
  }

  private void run() {
    List<Line> batch = new ArrayList<>();
    boolean last = false;
    while (!last) {
      try {
        Line first = problem == null ? queue.take() : next();
        if (first == null) {
          probe();
          continue;
        }
        batch.add(first);
      } catch (InterruptedException e) {
        // Nobody interrupts this thread on purpose; an interrupt would close the channel.
        continue;
      }
      queue.drainTo(batch, 1_000);
      last = batch.remove(end);
      if (!batch.isEmpty()) {
        commit(batch);
      }
      batch.clear();
    }
    List<Line> late = new ArrayList<>();
    queue.drainTo(late);
    late.forEach(line -> line.durable.completeExceptionally(isClosed()));
  }

  private @Nullable Line next() throws InterruptedException {
    return queue.poll(PROBE_EVERY_MS, TimeUnit.MILLISECONDS);
  }

  /** Whether there is room again: a gate that is not ready is asked for nothing that would tell. */
  private void probe() {
    try {
      long before = channel.size();
      try {
        ByteBuffer room = ByteBuffer.allocate(PROBE);
        while (room.hasRemaining()) {
          channel.write(room);
        }
        channel.force(false);
      } finally {
        channel.truncate(before);
      }
      recovered();
    } catch (IOException e) {
      problem = String.valueOf(e.getMessage());
    }
  }

  private void recovered() {
    if (problem != null) {
      problem = null;
      LOG.log(Level.INFO, "{0} can be written again", path);
    }
  }

  /** What was wrong when it was last written; null when nothing was. */
  @Nullable String problem() {
    return problem;
  }

  private void commit(List<Line> batch) {
    try {
      write(channel, batch.stream().map(Line::bytes).toList());
      recovered();
      batch.forEach(line -> line.durable.complete(null));
      if (channel.size() >= rewriteAt) {
        rewrite();
      }
    } catch (IOException e) {
      if (problem == null) {
        LOG.log(Level.ERROR, path + " cannot be written; what it should hold is refused", e);
      }
      problem = String.valueOf(e.getMessage());
      StoreUnavailableException failure =
          new StoreUnavailableException(path + " cannot be written", e);
      batch.forEach(line -> line.durable.completeExceptionally(failure));
    }
  }

  /**
   * What memory says is at least what the lines so far say: every change but the release of a kill
   * switch is made there first, and a release that is lost leaves the switch engaged, which is
   * safe.
   */
  private void rewrite() {
    try {
      FileChannel old = channel;
      channel = rewritten(path, compacted);
      old.close();
      rewriteAt = Math.max(worthRewriting, 4 * channel.size());
    } catch (IOException e) {
      rewriteAt *= 2;
      LOG.log(Level.WARNING, path + " cannot be written anew; it goes on growing", e);
    }
  }

  private static void write(FileChannel out, List<byte[]> lines) throws IOException {
    long before = out.size();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    lines.forEach(bytes::writeBytes);
    ByteBuffer buffer = ByteBuffer.wrap(bytes.toByteArray());
    try {
      while (buffer.hasRemaining()) {
        out.write(buffer);
      }
      out.force(false);
    } catch (IOException e) {
      out.truncate(before);
      throw e;
    }
  }

  private static byte[] lineOf(JsonObject line) {
    byte[] json = JsonWriter.goBytes(line);
    byte[] ended = Arrays.copyOf(json, json.length + 1);
    ended[json.length] = '\n';
    return ended;
  }

  /** Writes what waits, and closes the file. */
  @Override
  public void close() {
    closed = true;
    try {
      queue.put(end);
      writer.join(10_000);
      channel.close();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      LOG.log(Level.WARNING, path + " cannot be closed", e);
    }
  }
}
