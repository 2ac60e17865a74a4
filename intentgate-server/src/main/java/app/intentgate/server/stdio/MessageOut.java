package app.intentgate.server.stdio;

import java.io.IOException;
import java.io.OutputStream;

/**
 * Writes messages, one on each line. Blocks while the reader is slow, which holds back whoever has
 * something to say. Thread-safe.
 */
final class MessageOut {
  private final OutputStream out;
  private final Runnable broken;
  private boolean gone;

  /**
   * A writer.
   *
   * @param broken run once when nobody reads any more
   */
  MessageOut(OutputStream out, Runnable broken) {
    this.out = out;
    this.broken = broken;
  }

  /**
   * Writes a message. Line ends between its members, the only ones JSON may hold, become blanks.
   */
  void write(byte[] message) {
    byte[] line = new byte[message.length + 1];
    for (int i = 0; i < message.length; i++) {
      line[i] = message[i] == '\n' || message[i] == '\r' ? (byte) ' ' : message[i];
    }
    line[message.length] = '\n';
    synchronized (this) {
      if (gone) {
        return;
      }
      try {
        out.write(line);
        out.flush();
      } catch (IOException e) {
        gone = true;
      }
      if (!gone) {
        return;
      }
    }
    broken.run();
  }
}
