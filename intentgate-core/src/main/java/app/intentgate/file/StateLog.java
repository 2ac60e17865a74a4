package app.intentgate.file;

import app.intentgate.audit.AuditException;
import app.intentgate.audit.StoreLock;
import app.intentgate.json.JsonLimits;
import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonParseException;
import app.intentgate.json.JsonReader;
import app.intentgate.json.JsonWriter;
import app.intentgate.store.StoreUnavailableException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
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
 * that it stays in proportion to what it says. A lock beside it keeps others out for as long as
 * that thread lives. Thread-safe.
 */
final class StateLog implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(StateLog.class.getName());
  private static final int MAX_PENDING = 100_000;
  private static final long PROBE_EVERY_MS = 500;

  /**
   * What was written must be readable: the arguments of a call lie deeper in the line of its
   * approval than in the request, and one line that cannot be read stops the start.
   */
  private static final JsonLimits LIMITS = new JsonLimits(64 << 20, JsonLimits.GREATEST_DEPTH);

  private record Line(byte[] bytes, CompletableFuture<Void> durable) {}

  private final Path path;
  private final long worthRewriting;
  private final Supplier<List<JsonObject>> compacted;
  private final StoreLock lock;
  private DurableFile file;
  private long rewriteAt;
  private final BlockingQueue<Line> queue = new LinkedBlockingQueue<>(MAX_PENDING);

  /** What was taken from the queue and is not answered yet; the writer's own. */
  private final List<Line> batch = new ArrayList<>();

  private final Thread writer;
  private final Line end = new Line(new byte[0], new CompletableFuture<>());
  private volatile boolean closed;
  private volatile boolean drained;
  private volatile @Nullable String problem;

  private StateLog(
      Path path,
      long worthRewriting,
      Supplier<List<JsonObject>> compacted,
      StoreLock lock,
      DurableFile file) {
    this.path = path;
    this.worthRewriting = worthRewriting;
    this.compacted = compacted;
    this.lock = lock;
    this.file = file;
    this.rewriteAt = Math.max(worthRewriting, 4 * file.size());
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
   * @throws StoreUnavailableException when the file cannot be read or written, or another has it
   *     open, naming it
   */
  static StateLog open(
      Path path,
      long worthRewriting,
      Consumer<JsonObject> reader,
      Supplier<List<JsonObject>> compacted) {
    try {
      StoreLock lock = StoreLock.take(path.resolveSibling(path.getFileName() + ".lock"));
      try {
        if (Files.exists(path)) {
          readAll(path, reader);
        }
        DurableFile file = DurableFile.replacing(path, bytesOf(compacted));
        StateLog log = new StateLog(path, worthRewriting, compacted, lock, file);
        log.writer.start();
        return log;
      } catch (IOException | RuntimeException | Error e) {
        lock.close();
        throw e;
      }
    } catch (IOException | AuditException e) {
      throw new StoreUnavailableException(path + " cannot be opened: " + e.getMessage(), e);
    }
  }

  private static byte[] bytesOf(Supplier<List<JsonObject>> lines) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    lines.get().forEach(line -> all.writeBytes(lineOf(line)));
    return all.toByteArray();
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
      TornEnd.keep(path, Arrays.copyOfRange(all, start, all.length));
    }
  }

  private static void readLine(Path path, int number, byte[] line, Consumer<JsonObject> reader) {
    try {
      if (JsonReader.parse(line, LIMITS) instanceof JsonObject object) {
        reader.accept(object);
        return;
      }
    } catch (JsonParseException | IllegalArgumentException | AuditException e) {
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
    } else if (drained && queue.remove(waiting)) {
      // Read after the offer: either this sees the end, or the drain at the end sees the line.
      waiting.durable.completeExceptionally(isClosed());
    }
    return waiting.durable;
  }

  private StoreUnavailableException isClosed() {
    return new StoreUnavailableException(path + " is closed");
  }

  private void run() {
    try {
      writeUntilEnd();
    } catch (RuntimeException | Error e) {
      problem = "the thread that writes it has ended: " + e.getClass().getName();
      LOG.log(Level.ERROR, path + " is written no more; what it should hold is refused", e);
    } finally {
      closed = true;
      drained = true;
      queue.drainTo(batch);
      batch.forEach(line -> line.durable.completeExceptionally(isClosed()));
      letGo();
    }
  }

  private void writeUntilEnd() {
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
        commit();
      }
      batch.clear();
    }
  }

  private @Nullable Line next() throws InterruptedException {
    return queue.poll(PROBE_EVERY_MS, TimeUnit.MILLISECONDS);
  }

  /** Whether there is room again: a gate that is not ready is asked for nothing that would tell. */
  private void probe() {
    try {
      file.probe();
      recovered();
    } catch (IOException | RuntimeException e) {
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

  private void commit() {
    try {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      batch.forEach(line -> bytes.writeBytes(line.bytes));
      file.append(bytes.toByteArray());
    } catch (IOException | RuntimeException | Error e) {
      if (problem == null) {
        LOG.log(Level.ERROR, path + " cannot be written; what it should hold is refused", e);
      }
      problem = String.valueOf(e.getMessage());
      StoreUnavailableException failure =
          new StoreUnavailableException(path + " cannot be written", e);
      batch.forEach(line -> line.durable.completeExceptionally(failure));
      return;
    }
    recovered();
    batch.forEach(line -> line.durable.complete(null));
    if (file.size() >= rewriteAt) {
      rewrite();
    }
  }

  /**
   * What memory says is at least what the lines so far say: every change but the release of a kill
   * switch is made there first, and a release that is lost leaves the switch engaged, which is
   * safe.
   */
  private void rewrite() {
    DurableFile old = file;
    try {
      file = DurableFile.replacing(path, bytesOf(compacted));
      rewriteAt = Math.max(worthRewriting, 4 * file.size());
      old.close();
    } catch (IOException | RuntimeException e) {
      rewriteAt = Math.max(rewriteAt, 2 * file.size());
      LOG.log(Level.WARNING, path + " cannot be written anew; it goes on growing", e);
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
      if (!queue.offer(end)) {
        queue.put(end);
      }
      writer.join(10_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void letGo() {
    try (lock) {
      file.close();
    } catch (IOException e) {
      LOG.log(Level.WARNING, path + " cannot be closed", e);
    }
  }
}
