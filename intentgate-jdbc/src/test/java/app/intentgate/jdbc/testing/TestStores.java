package app.intentgate.jdbc.testing;

import app.intentgate.jdbc.Database;
import java.nio.file.Path;

/** A new database with the schema of this program. */
public final class TestStores implements AutoCloseable {
  private final Database database;

  /** Makes one; SQLite's lies in the directory. */
  public TestStores(TestDatabase kind, Path directory) {
    database = Migrated.create(kind, directory);
  }

  /** The database. */
  public Database database() {
    return database;
  }

  @Override
  public void close() {
    database.close();
  }
}
