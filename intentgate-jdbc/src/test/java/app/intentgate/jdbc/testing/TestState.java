package app.intentgate.jdbc.testing;

import app.intentgate.jdbc.Database;
import app.intentgate.jdbc.state.SqlState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** For each test, the stores of a new database; registered as an extension. */
public final class TestState implements BeforeEachCallback, AfterEachCallback {
  private final TestDatabase kind;
  private @Nullable Path directory;
  private @Nullable Database database;
  private @Nullable SqlState state;
  private @Nullable SqlState other;

  /** On this kind of database. */
  public TestState(TestDatabase kind) {
    this.kind = kind;
  }

  /** The stores of the test that runs. */
  public SqlState get() {
    return Objects.requireNonNull(state);
  }

  /** Their database. */
  public Database database() {
    return Objects.requireNonNull(database);
  }

  /** The same stores as another gate has them that started now; until it is asked for again. */
  public SqlState again() {
    if (other != null) {
      other.close();
    }
    other = SqlState.open(database());
    return other;
  }

  @Override
  public void beforeEach(ExtensionContext context) throws IOException {
    directory = Files.createTempDirectory("intentgate-state");
    database = Migrated.create(kind, directory);
    state = SqlState.open(database);
  }

  @Override
  public void afterEach(ExtensionContext context) throws IOException {
    if (other != null) {
      other.close();
    }
    if (state != null) {
      state.close();
    }
    if (database != null) {
      database.close();
    }
    try (Stream<Path> files = Files.walk(Objects.requireNonNull(directory))) {
      List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
      for (Path file : deepestFirst) {
        Files.delete(file);
      }
    }
  }
}
