package app.intentgate.jdbc.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows that are told of late, twice, in any order and in the middle of being read anew. */
class MirrorPropertyTest {
  /** A row of the database. */
  private record Row(String key, long version) {}

  private final Mirror<String, Row> mirror = new Mirror<>(Row::version);
  private final Map<String, Row> database = new HashMap<>();
  private final List<Row> untold = new ArrayList<>();
  private long version;

  private void commit(String key) {
    Row row = new Row(key, ++version);
    database.put(key, row);
    untold.add(row);
  }

  private void tell(Row row) {
    mirror.put(row.key(), row);
  }

  private void tellSome(Random random) {
    for (int i = random.nextInt(4); i > 0 && !untold.isEmpty(); i--) {
      tell(untold.remove(random.nextInt(untold.size())));
    }
  }

  private void assertSame() {
    assertThat(new HashMap<>(asMap())).isEqualTo(database);
  }

  private Map<String, Row> asMap() {
    Map<String, Row> rows = new HashMap<>();
    mirror.all().forEach(row -> rows.put(row.key(), row));
    return rows;
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void in_the_end_it_holds_what_the_database_does(long seed) throws SQLException {
    Random random = new Random(seed);
    for (int step = 0; step < 500; step++) {
      switch (random.nextInt(4)) {
        case 0 -> tellSome(random);
        case 1 ->
            mirror.reload(
                () -> {
                  tellSome(random);
                  commit("k" + random.nextInt(9));
                  Map<String, Row> snapshot = new HashMap<>(database);
                  commit("k" + random.nextInt(9));
                  tellSome(random);
                  return snapshot;
                });
        default -> commit("k" + random.nextInt(9));
      }
      for (Row row : mirror.all()) {
        assertThat(row.version()).isLessThanOrEqualTo(database.get(row.key()).version());
      }
    }
    while (!untold.isEmpty()) {
      tell(untold.remove(random.nextInt(untold.size())));
    }
    assertSame();
    assertThat(mirror.get("k" + 9)).isNull();
  }

  @Test
  void what_the_database_lost_is_forgotten_when_it_is_read_anew() throws SQLException {
    commit("kept");
    commit("gone");
    untold.forEach(this::tell);
    database.remove("gone");
    database.put("kept", new Row("kept", 1));
    mirror.reload(() -> Map.copyOf(database));
    assertSame();
    mirror.reload(Map::of);
    assertThat(mirror.isEmpty()).isTrue();
  }

  @Test
  void what_is_put_while_it_is_read_stays_though_the_reading_did_not_see_it() throws SQLException {
    Row old = new Row("changed", 1);
    tell(old);
    mirror.reload(
        () -> {
          tell(new Row("new", 7));
          tell(new Row("changed", 8));
          return Map.of("changed", old);
        });
    assertThat(mirror.get("new")).isEqualTo(new Row("new", 7));
    assertThat(mirror.get("changed")).isEqualTo(new Row("changed", 8));
  }

  @Test
  void a_reading_that_fails_changes_nothing_and_the_next_one_starts_anew() throws SQLException {
    tell(new Row("a", 1));
    assertThatThrownBy(
            () ->
                mirror.reload(
                    () -> {
                      tell(new Row("b", 2));
                      throw new SQLException("gone");
                    }))
        .isInstanceOf(SQLException.class);
    assertThat(asMap()).containsOnlyKeys("a", "b");
    mirror.reload(Map::of);
    assertThat(mirror.all()).as("b was put before this reading").isEmpty();
  }
}
