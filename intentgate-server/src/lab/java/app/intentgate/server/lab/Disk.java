package app.intentgate.server.lab;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;

/**
 * The yardstick of durable stores: what the disk takes to make two pages of a log durable, at a
 * moderate rate. No commit can be faster.
 */
final class Disk {
  private static final int FLUSHES = 3_000;
  private static final int PAGES = 16 << 10;
  private static final long FILE = 16L << 20;
  private static final long APART_NANOS = 2_000_000;

  private Disk() {}

  /** Overwrites a file that has its full length already, as a recycled log segment has. */
  static String flushes() throws IOException {
    Path file = Files.createTempFile("lab-flush", ".bin");
    long[] nanos = new long[FLUSHES];
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      ByteBuffer pages = ByteBuffer.allocateDirect(PAGES);
      for (long at = 0; at < FILE; at += PAGES) {
        write(channel, pages, at);
      }
      channel.force(true);
      for (int i = 0; i < FLUSHES; i++) {
        long start = System.nanoTime();
        write(channel, pages, (long) i * PAGES % FILE);
        channel.force(false);
        nanos[i] = System.nanoTime() - start;
        LockSupport.parkNanos(APART_NANOS - nanos[i]);
      }
    } finally {
      Files.delete(file);
    }
    Arrays.sort(nanos);
    return String.format(
        Locale.ROOT,
        "%d flushes of %d KiB: p50 %.2f, p90 %.2f, p99 %.2f, p99.9 %.2f ms",
        FLUSHES,
        PAGES >> 10,
        nanos[FLUSHES / 2] / 1e6,
        nanos[FLUSHES * 9 / 10] / 1e6,
        nanos[FLUSHES * 99 / 100] / 1e6,
        nanos[FLUSHES * 999 / 1000] / 1e6);
  }

  private static void write(FileChannel channel, ByteBuffer pages, long at) throws IOException {
    pages.clear();
    while (pages.hasRemaining()) {
      var unused = channel.write(pages, at + pages.position());
    }
  }
}
