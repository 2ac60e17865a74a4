package app.intentgate.server.cli;

import app.intentgate.jdbc.audit.Retention;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A file of events, one a line, that appears when it is whole and on the disk. */
final class EventArchive implements Retention.Archive, AutoCloseable {
  private static final int BUFFER = 1 << 16;

  private final Path file;
  private final Path part;
  private final FileChannel channel;
  private final OutputStream out;

  /**
   * Begins a file.
   *
   * @throws UsageException when it exists already
   */
  EventArchive(Path file) throws IOException {
    if (Files.exists(file)) {
      throw new UsageException(file + " exists already; name a new file");
    }
    this.file = file;
    this.part = file.resolveSibling(file.getFileName() + ".part");
    this.channel =
        FileChannel.open(
            part,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE);
    this.out = new BufferedOutputStream(Channels.newOutputStream(channel), BUFFER);
  }

  @Override
  public void event(String line) {
    try {
      out.write(line.getBytes(StandardCharsets.UTF_8));
      out.write('\n');
    } catch (IOException e) {
      throw new UncheckedIOException(part + " cannot be written: " + e.getMessage(), e);
    }
  }

  @Override
  public void end() {
    try {
      out.flush();
      channel.force(true);
      Files.move(part, file);
    } catch (IOException e) {
      throw new UncheckedIOException(file + " cannot be written: " + e.getMessage(), e);
    }
  }

  /** Takes away what did not become whole. */
  @Override
  public void close() throws IOException {
    channel.close();
    Files.deleteIfExists(part);
  }
}
