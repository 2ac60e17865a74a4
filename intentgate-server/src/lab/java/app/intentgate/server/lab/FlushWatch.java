package app.intentgate.server.lab;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;

/**
 * Flushes a page every tenth of a second, beside a run: what the disk itself does to whoever waits
 * for it meanwhile. A thread of its own.
 */
final class FlushWatch implements AutoCloseable {
  private static final int PAGE = 8 << 10;
  private static final long APART_NANOS = 100_000_000;

  private final Path file;
  private final FileChannel channel;
  private final Thread thread = new Thread(this::watch, "lab-flush");
  private int flushes;
  private double longest;
  private double sum;

  FlushWatch() throws IOException {
    file = Files.createTempFile("lab-flush", ".bin");
    channel = FileChannel.open(file, StandardOpenOption.WRITE);
    thread.setDaemon(true);
    thread.start();
  }

  private void watch() {
    ByteBuffer page = ByteBuffer.allocateDirect(PAGE);
    while (channel.isOpen()) {
      long start = System.nanoTime();
      try {
        page.clear();
        var unused = channel.write(page, 0);
        channel.force(false);
      } catch (IOException e) {
        return;
      }
      add((System.nanoTime() - start) / 1e6);
      LockSupport.parkNanos(APART_NANOS);
    }
  }

  private synchronized void add(double millis) {
    flushes++;
    sum += millis;
    longest = Math.max(longest, millis);
  }

  /** The mean and the longest flush since it was asked last, in milliseconds. */
  synchronized String lately() {
    String said = String.format(Locale.ROOT, "%.2f/%.0f", sum / Math.max(1, flushes), longest);
    flushes = 0;
    sum = 0;
    longest = 0;
    return said;
  }

  @Override
  public void close() throws IOException {
    channel.close();
    Files.deleteIfExists(file);
  }
}
