package app.intentgate.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.testing.Pause;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SlowFirstConnectionTest {
  @TempDir Path directory;

  private final AtomicBoolean begun = new AtomicBoolean();

  private DataSource slowAtFirst(DataSource source) {
    return (DataSource)
        Proxy.newProxyInstance(
            DataSource.class.getClassLoader(),
            new Class<?>[] {DataSource.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("getConnection") && begun.compareAndSet(false, true)) {
                Pause.slow(Duration.ofMillis(1_000));
              }
              try {
                return method.invoke(source, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  @Test
  void sqlite_that_takes_longer_to_load_than_a_pool_waits_is_waited_for() {
    DatabaseConfig config =
        DatabaseConfig.of(new DatabaseTarget.SqliteFile(directory.resolve("intentgate.db")))
            .withWaits(Duration.ofMillis(250), Duration.ofSeconds(2))
            .withDataSource(this::slowAtFirst);
    try (Database database = Database.open(config)) {
      int rows = database.write(handle -> handle.execute("CREATE TABLE t (n INTEGER)"));
      assertThat(rows).isZero();
    }
    assertThat(begun).isTrue();
  }
}
