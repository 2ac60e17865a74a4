package app.intentgate.audit;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Answers queries from the durable part of a log. The newest rows are found from the end; a filter
 * costs reading what it passes over. A position is a place in the file, and so is a cursor.
 * Thread-safe: every call opens the file for itself.
 */
final class FileReading {
  private static final System.Logger LOG = System.getLogger(FileReading.class.getName());
  private static final String CURSOR_PREFIX = "f";
  private static final int CURSOR_RADIX = 36;

  private final Path log;

  FileReading(Path log) {
    this.log = log;
  }

  /** A part of the log as a stream. */
  static InputStream stream(FileChannel channel, long from, long to) throws IOException {
    channel.position(from);
    InputStream rest = Channels.newInputStream(channel);
    return new InputStream() {
      private long left = to - from;

      @Override
      public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 255;
      }

      @Override
      public int read(byte[] target, int offset, int length) throws IOException {
        if (left == 0) {
          return -1;
        }
        int read = rest.read(target, offset, (int) Math.min(length, left));
        left -= Math.max(read, 0);
        return read;
      }
    };
  }

  AuditPage page(AuditQuery query, FileCommitter.Extent durable) {
    RowFilter filter = new RowFilter(query);
    try (FileChannel channel = FileChannel.open(log, StandardOpenOption.READ)) {
      OptionalLong total = query.count() ? count(channel, filter, durable) : OptionalLong.empty();
      return query.order() == AuditQuery.Order.NEWEST_FIRST
          ? newest(channel, query, filter, durable.bytes(), total)
          : oldest(channel, query, filter, durable.bytes(), total);
    } catch (IOException e) {
      throw unavailable(e);
    }
  }

  private static AuditPage newest(
      FileChannel channel, AuditQuery query, RowFilter filter, long end, OptionalLong total)
      throws IOException {
    EventMembers row = new EventMembers();
    List<StoredEvent> events = new ArrayList<>();
    ReverseLines lines = new ReverseLines(channel, start(channel, query.cursor(), end, end));
    long skip = query.offset();
    long next = 0;
    while (lines.next()) {
      if (!passes(lines.buffer(), lines.from(), lines.to(), row, filter) || skip-- > 0) {
        continue;
      }
      if (events.size() == query.limit()) {
        return new AuditPage(events, cursor(next), total);
      }
      add(events, lines.buffer(), lines.from(), lines.to());
      next = lines.offset();
    }
    return new AuditPage(events, null, total);
  }

  private static AuditPage oldest(
      FileChannel channel, AuditQuery query, RowFilter filter, long end, OptionalLong total)
      throws IOException {
    EventMembers row = new EventMembers();
    List<StoredEvent> events = new ArrayList<>();
    long start = start(channel, query.cursor(), 0, end);
    Lines lines = new Lines(stream(channel, start, end));
    long skip = query.offset();
    while (events.size() < query.limit() && lines.next()) {
      if (passes(lines.buffer(), lines.from(), lines.to(), row, filter) && skip-- <= 0) {
        add(events, lines.buffer(), lines.from(), lines.to());
      }
    }
    return new AuditPage(events, cursor(start + lines.bytes()), total);
  }

  private static OptionalLong count(
      FileChannel channel, RowFilter filter, FileCommitter.Extent durable) throws IOException {
    if (filter.passesAll()) {
      return OptionalLong.of(durable.events());
    }
    EventMembers row = new EventMembers();
    Lines lines = new Lines(stream(channel, 0, durable.bytes()));
    long count = 0;
    while (lines.next()) {
      if (passes(lines.buffer(), lines.from(), lines.to(), row, filter)) {
        count++;
      }
    }
    return OptionalLong.of(count);
  }

  void export(AuditQuery query, AuditVisitor visitor, long end) {
    List<StoredEvent> one = new ArrayList<>(1);
    exportLines(
        query,
        line -> {
          one.clear();
          add(one, line.array(), line.from(), line.to());
          return one.isEmpty() || visitor.visit(one.get(0));
        },
        end);
  }

  void exportLines(AuditQuery query, LineVisitor visitor, long end) {
    RowFilter filter = new RowFilter(query);
    StoredLine line = new StoredLine();
    try (FileChannel channel = FileChannel.open(log, StandardOpenOption.READ)) {
      Lines lines = new Lines(stream(channel, start(channel, query.cursor(), 0, end), end));
      while (lines.next()) {
        if (!line.set(lines.buffer(), lines.from(), lines.to())) {
          LOG.log(
              System.Logger.Level.WARNING,
              "line {0} of the audit log is no event; verify the chain",
              lines.number());
        } else if (filter.passes(line.members()) && !visitor.visit(line)) {
          return;
        }
      }
    } catch (IOException e) {
      throw unavailable(e);
    }
  }

  private static boolean passes(
      byte[] buffer, int from, int to, EventMembers row, RowFilter filter) {
    return EventLine.scan(buffer, from, to, row) && filter.passes(row);
  }

  /** Adds a row; one that cannot be read is left to verification, and to the operator's log. */
  private static void add(List<StoredEvent> events, byte[] buffer, int from, int to) {
    try {
      events.add(EventJson.read(Arrays.copyOfRange(buffer, from, to)));
    } catch (AuditException e) {
      LOG.log(System.Logger.Level.WARNING, "an audit row cannot be read; verify the chain", e);
    }
  }

  private static String cursor(long offset) {
    return CURSOR_PREFIX + Long.toString(offset, CURSOR_RADIX);
  }

  private static long start(FileChannel channel, @Nullable String cursor, long otherwise, long end)
      throws IOException {
    if (cursor == null) {
      return otherwise;
    }
    try {
      long offset = Long.parseLong(cursor.substring(CURSOR_PREFIX.length()), CURSOR_RADIX);
      if (cursor.startsWith(CURSOR_PREFIX) && offset >= 0 && offset <= end) {
        ByteBuffer before = ByteBuffer.allocate(1);
        if (offset == 0 || (channel.read(before, offset - 1) == 1 && before.get(0) == '\n')) {
          return offset;
        }
      }
    } catch (NumberFormatException | StringIndexOutOfBoundsException e) {
      // Falls through: not one of ours.
    }
    throw new AuditException(
        AuditException.Code.BAD_CURSOR, "cursor is not one that this store gave");
  }

  private AuditException unavailable(IOException e) {
    return new AuditException(AuditException.Code.STORE_UNAVAILABLE, "cannot read " + log, e);
  }
}
