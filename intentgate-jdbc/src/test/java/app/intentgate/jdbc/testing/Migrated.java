package app.intentgate.jdbc.testing;

import app.intentgate.jdbc.Database;
import app.intentgate.jdbc.DatabaseTarget;
import app.intentgate.jdbc.schema.Schema;
import java.nio.file.Path;

/** Databases whose schema is up to date. */
public final class Migrated {
  private Migrated() {}

  /** A new one; SQLite's lies in the directory. */
  public static Database create(TestDatabase kind, Path directory) {
    return Database.open(kind.createMigrated(directory));
  }

  /** One more view of a database, as another gate has it. */
  public static Database open(DatabaseTarget target) {
    Database database = Database.open(target);
    Schema.of(database).migrate();
    return database;
  }
}
