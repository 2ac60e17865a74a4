package app.intentgate.jdbc.state;

import app.intentgate.jdbc.Database;
import app.intentgate.jdbc.DatabaseConfig;
import app.intentgate.jdbc.testing.TestDatabase;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/** The gates of one new database: two where it can be shared, with pools of their own, else one. */
final class Gates implements AutoCloseable {
  private final List<Database> databases = new ArrayList<>();
  private final List<SqlState> states = new ArrayList<>();

  Gates(TestDatabase kind, Path directory) {
    // On a machine that is busy with other tests nothing here is refused for being slow.
    DatabaseConfig patient =
        DatabaseConfig.of(kind.createMigrated(directory))
            .withWaits(Duration.ofMinutes(1), Duration.ofMinutes(1));
    for (int i = kind == TestDatabase.SQLITE ? 1 : 2; i > 0; i--) {
      Database database = Database.open(patient);
      databases.add(database);
      states.add(SqlState.open(database));
    }
  }

  /** Any of them. */
  SqlState any(Random random) {
    return states.get(random.nextInt(states.size()));
  }

  List<SqlState> all() {
    return states;
  }

  /** One that starts now and knows only what is stored. */
  SqlState fresh() {
    SqlState state = SqlState.open(databases.get(0));
    states.add(state);
    return state;
  }

  /** The answer, when it is there. */
  static <T> T get(CompletionStage<T> stage) {
    return stage.toCompletableFuture().orTimeout(60, TimeUnit.SECONDS).join();
  }

  @Override
  public void close() {
    states.forEach(SqlState::close);
    databases.forEach(Database::close);
  }
}
