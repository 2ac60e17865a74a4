package app.intentgate.jdbc;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.sqlite.SQLiteConfig;

/** Copies a file of SQLite that a gate may be writing: the copy is the database of one moment. */
public final class SqliteCopy {
  private static final int BUSY_MS = 10_000;

  private SqliteCopy() {}

  /**
   * Makes a copy and forces it to the disk.
   *
   * @param copy the file to make; it must not exist
   * @throws DatabaseException when there is no such database or the copy cannot be made
   */
  public static void make(Path file, Path copy) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new DatabaseException(
          DatabaseException.Code.FAILED, file + " cannot be copied: there is no such file");
    }
    var original = new DatabaseTarget.SqliteFile(file);
    SQLiteConfig settings = new SQLiteConfig();
    settings.setReadOnly(true);
    settings.setBusyTimeout(BUSY_MS);
    try (Connection connection =
            SqliteLibrary.source(settings, "jdbc:sqlite:" + original.file()).getConnection();
        PreparedStatement vacuum = connection.prepareStatement("VACUUM INTO ?")) {
      vacuum.setString(1, copy.toString());
      vacuum.execute();
    } catch (SQLException e) {
      throw new DatabaseException(
          DatabaseException.Code.FAILED, file + " cannot be copied: " + e.getMessage(), e);
    }
    try (FileChannel channel = FileChannel.open(copy, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
  }
}
