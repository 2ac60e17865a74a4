package app.intentgate.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.jspecify.annotations.Nullable;

/**
 * Ports for what is started later, or again, or never. They lie below those that the system gives
 * to whoever asks for any, and each JVM of a machine has a block of its own, so that nobody takes
 * one meanwhile.
 */
public final class FreePort {
  private static final int FIRST = 20_000;
  private static final int LAST = 32_000;
  private static final int BLOCK = 200;

  /** Listens on the first port of this JVM's block as long as it runs: the block is taken. */
  private static @Nullable ServerSocket mark;

  private static int given;

  private FreePort() {}

  /** One that nobody listens on; the same one comes again after some 200 others. */
  public static synchronized int next() {
    if (mark == null) {
      mark = takeBlock();
    }
    for (int tried = 1; tried < BLOCK; tried++) {
      given = given % (BLOCK - 1) + 1;
      ServerSocket free = listen(mark.getLocalPort() + given);
      if (free != null) {
        close(free);
        return mark.getLocalPort() + given;
      }
    }
    throw new IllegalStateException("no port is free");
  }

  private static ServerSocket takeBlock() {
    for (int first = FIRST; first < LAST; first += BLOCK) {
      ServerSocket taken = listen(first);
      if (taken != null) {
        return taken;
      }
    }
    throw new IllegalStateException("no block of ports is free");
  }

  private static @Nullable ServerSocket listen(int port) {
    try {
      return new ServerSocket(port, 1, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      return null;
    }
  }

  private static void close(ServerSocket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
