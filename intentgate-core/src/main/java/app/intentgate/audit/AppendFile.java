package app.intentgate.audit;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A file that grows at its end. A seam for tests, which make disks fail. Used by one thread. */
interface AppendFile extends Closeable {
  /** Writes at the end, all of it. */
  void append(ByteBuffer bytes) throws IOException;

  /** Makes durable what was appended. */
  void force() throws IOException;

  /** Cuts the file. */
  void truncate(long size) throws IOException;

  /** The file at a path, made if it is not there. */
  static AppendFile open(Path path) throws IOException {
    FileChannel channel =
        FileChannel.open(path, StandardOpenOption.WRITE, StandardOpenOption.CREATE);
    channel.position(channel.size());
    return new AppendFile() {
      @Override
      public void append(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
          channel.write(bytes);
        }
      }

      @Override
      public void force() throws IOException {
        channel.force(false);
      }

      @Override
      public void truncate(long size) throws IOException {
        channel.truncate(size);
        channel.position(size);
      }

      @Override
      public void close() throws IOException {
        channel.close();
      }
    };
  }
}
