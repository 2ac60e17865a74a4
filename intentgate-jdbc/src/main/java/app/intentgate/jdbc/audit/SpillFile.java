package app.intentgate.jdbc.audit;

import app.intentgate.audit.AuditEvent;
import app.intentgate.audit.AuditException;
import app.intentgate.audit.AuditWriter;
import app.intentgate.audit.BatchClaim;
import app.intentgate.audit.EventJson;
import app.intentgate.audit.StoreLock;
import app.intentgate.audit.StoredEvent;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Events that wait on disk for their store: lines in order, and beside them how far they were
 * handed on. One thread writes and one hands on; both may be read by any.
 */
class SpillFile implements AuditWriter.Committer, AutoCloseable {
  private static final int READ = 4 << 20;
  private static final int PROBE = 64 << 10;

  private final Path file;
  private final Path done;
  private final FileChannel channel;
  private final long limit;
  private long written;
  private long handedOn;

  /** Up to here an event may have been handed on without that being written down. */
  private long doubtfulUntil;

  /**
   * Opens the file, with what an earlier process left in it.
   *
   * @param limit the most bytes it may hold
   */
  SpillFile(Path file, long limit) throws IOException {
    StoreLock.makePrivate(file);
    this.file = file;
    this.done = beside(".done");
    this.limit = limit;
    this.handedOn = Files.exists(done) ? noted() : 0;
    this.channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
    cutTornLine();
    this.written = channel.size();
    this.handedOn = Math.min(handedOn, written);
    this.doubtfulUntil = written;
  }

  private long noted() throws IOException {
    String note = Files.readString(done).strip();
    if (!note.matches("[0-9]{1,18}")) {
      throw new IOException(
          done
              + " does not say how much was handed on; without it all is, and what is stored"
              + " found");
    }
    return Long.parseLong(note);
  }

  /** A line without its end was never answered. */
  private void cutTornLine() throws IOException {
    long end = channel.size();
    ByteBuffer one = ByteBuffer.allocate(1);
    while (end > 0 && (channel.read(one.clear(), end - 1) != 1 || one.get(0) != '\n')) {
      end--;
    }
    channel.truncate(end);
  }

  /** How many bytes wait. */
  synchronized long waiting() {
    return written - handedOn;
  }

  @Override
  public List<StoredEvent> commit(List<AuditEvent> batch) throws IOException {
    append(ByteBuffer.wrap(lines(batch)));
    return batch.stream().map(event -> new StoredEvent(event, 0, "", "")).toList();
  }

  @Override
  public List<StoredEvent> commit(List<AuditEvent> batch, BatchClaim claim) throws IOException {
    while (isFull() && claim.isOpen()) {
      pause();
    }
    if (isFull() || !claim.enter()) {
      throw new AuditException(AuditException.Code.WAIT_EXCEEDED, "the spill file is full");
    }
    return commit(batch);
  }

  /** Writes something behind what waits, and takes it away again. */
  @Override
  public synchronized boolean isBack() throws IOException {
    try {
      ByteBuffer probe = ByteBuffer.allocate(PROBE);
      long at = written;
      while (probe.hasRemaining()) {
        at += channel.write(probe, at);
      }
      channel.force(false);
    } finally {
      channel.truncate(written);
    }
    return true;
  }

  private static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(20);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized boolean isFull() {
    return written >= limit;
  }

  private synchronized void append(ByteBuffer lines) throws IOException {
    long at = written;
    try {
      while (lines.hasRemaining()) {
        at += channel.write(lines, at);
      }
      channel.force(false);
    } catch (IOException e) {
      channel.truncate(written);
      throw e;
    }
    written = at;
  }

  /**
   * The next events that wait, and where they end.
   *
   * @param events the events
   * @param end what to say when they were handed on
   * @param doubtful whether an earlier process may have handed them on already
   */
  record Part(List<AuditEvent> events, long end, boolean doubtful) {}

  /** The next events that wait; none when nothing does. */
  synchronized Part next(int most) throws IOException {
    Part part = next(most, READ);
    for (long size = READ; part.events().isEmpty() && size < waiting(); ) {
      size *= 2;
      part = next(most, size);
    }
    return part;
  }

  private Part next(int most, long bytes) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate((int) Math.min(bytes, waiting()));
    int size = buffer.capacity() == 0 ? 0 : Math.max(0, channel.read(buffer, handedOn));
    List<AuditEvent> events = new ArrayList<>();
    int start = 0;
    for (int i = 0; i < size && events.size() < most; i++) {
      if (buffer.get(i) == '\n') {
        byte[] line = new byte[i - start];
        buffer.get(start, line);
        events.add(EventJson.read(line).event());
        start = i + 1;
      }
    }
    return new Part(events, handedOn + start, handedOn < doubtfulUntil);
  }

  /** Remembers that some of what waits before a place may have been handed on, and some not. */
  synchronized void doubt(long end) {
    doubtfulUntil = Math.max(doubtfulUntil, end);
  }

  /** Remembers that everything before a place was handed on, and begins anew when all was. */
  synchronized void handedOn(long end) throws IOException {
    handedOn = end;
    if (handedOn < written) {
      note(handedOn);
      return;
    }
    // First the note: with the old one a shorter file would pass for one that was handed on.
    note(0);
    channel.truncate(0);
    channel.force(true);
    written = 0;
    handedOn = 0;
    doubtfulUntil = 0;
  }

  /** A file beside it, named like it. */
  final Path beside(String suffix) {
    return file.resolveSibling(file.getFileName() + suffix);
  }

  /**
   * Puts events before all that waits, as they came before it. To be called last: what a crash in
   * the middle leaves is the file as it was, all of it doubtful.
   */
  synchronized void putInFront(Collection<AuditEvent> events) throws IOException {
    if (events.isEmpty()) {
      return;
    }
    Path next = beside(".new");
    Files.deleteIfExists(next);
    StoreLock.makePrivate(next);
    try (FileChannel out = FileChannel.open(next, StandardOpenOption.WRITE)) {
      ByteBuffer front = ByteBuffer.wrap(lines(events));
      while (front.hasRemaining()) {
        out.write(front);
      }
      for (long at = handedOn; at < written; ) {
        at += channel.transferTo(at, written - at, out);
      }
      out.force(true);
    }
    // First the note, as above.
    note(0);
    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private static byte[] lines(Collection<AuditEvent> events) throws IOException {
    ByteArrayOutputStream lines = new ByteArrayOutputStream();
    for (AuditEvent event : events) {
      lines.write(EventJson.bytes(event));
      lines.write('\n');
    }
    return lines.toByteArray();
  }

  private void note(long end) throws IOException {
    Path next = done.resolveSibling(done.getFileName() + ".new");
    try (FileChannel out =
        FileChannel.open(
            next,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      out.write(ByteBuffer.wrap((end + "\n").getBytes(StandardCharsets.US_ASCII)));
      out.force(true);
    }
    Files.move(next, done, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
