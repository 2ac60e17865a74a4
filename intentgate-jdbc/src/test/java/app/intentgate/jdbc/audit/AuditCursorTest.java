package app.intentgate.jdbc.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.intentgate.audit.AuditException;
import app.intentgate.audit.AuditQuery;
import app.intentgate.audit.AuditStore;
import app.intentgate.jdbc.testing.TestCalls;
import app.intentgate.jdbc.testing.TestDatabase;
import app.intentgate.jdbc.testing.TestStores;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Cursors, which come back from anybody. */
class AuditCursorTest {
  @TempDir Path directory;

  @Test
  void a_place_is_read_as_it_was_written() {
    Random random = new Random(3);
    for (int i = 0; i < 2_000; i++) {
      String chain =
          random
              .ints(random.nextInt(12), 1, 0x2fff)
              .filter(c -> !Character.isSurrogate((char) c))
              .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
              .toString();
      long seq = random.nextLong() >>> (1 + random.nextInt(63));
      Place all = new Place(false, random.nextLong() >>> 1, chain, seq);
      assertThat(Place.parse(all.cursor(), false)).isEqualTo(all);
      Place ofTenant = new Place(true, 0, "", seq);
      assertThat(Place.parse(ofTenant.cursor(), true)).isEqualTo(ofTenant);
      assertThatThrownBy(() -> Place.parse(all.cursor(), true)).isInstanceOf(AuditException.class);
      assertThatThrownBy(() -> Place.parse(ofTenant.cursor(), false))
          .isInstanceOf(AuditException.class);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "t",
        "p",
        "t-1",
        "t+1",
        "t01",
        "tA",
        "t 1",
        "t1y2p0ij32e8e8",
        "p1.1",
        "p1.1.",
        "p.1.YQ",
        "p1..YQ",
        "p-1.1.YQ",
        "p1.-1.YQ",
        "p01.1.YQ",
        "p1.1.YQ==",
        "p1.1.Y",
        "p1.1.YQ.YQ",
        "p1.1.YR",
        "p1.1.__8",
        "p1.1.gA",
        "x1.1.YQ",
        "p1.1.Y Q",
        "P1.1.YQ",
        "p1.1.YQ\n"
      })
  void a_cursor_that_no_place_is_written_as_is_refused(String cursor) {
    for (boolean ofTenant : new boolean[] {true, false}) {
      if (cursor.equals("p1.1.") && !ofTenant) {
        // That of a chain without a name, which no chain has; it is before all others.
        continue;
      }
      assertThatThrownBy(() -> Place.parse(cursor, ofTenant))
          .isInstanceOfSatisfying(
              AuditException.class,
              e -> assertThat(e.code()).isEqualTo(AuditException.Code.BAD_CURSOR))
          .hasMessage("cursor is not one that this store gave");
    }
  }

  private static String cursor(String chain) {
    return "p0.1."
        + Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(chain.getBytes(StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @EnumSource
  void a_cursor_with_a_chain_that_no_database_can_name_is_refused_as_a_cursor(TestDatabase kind) {
    try (TestStores stores = new TestStores(kind, directory);
        AuditStore store = new JdbcAuditStore(stores.database())) {
      TestCalls.appended(store, "one");
      for (String chain : new String[] {"\u0000", "acme\u0000", "\u0000'"}) {
        AuditQuery query = AuditQuery.builder().cursor(cursor(chain)).build();
        assertThatThrownBy(() -> store.query(query))
            .isInstanceOfSatisfying(
                AuditException.class,
                e -> assertThat(e.code()).isEqualTo(AuditException.Code.BAD_CURSOR));
        assertThatThrownBy(() -> store.export(query, event -> true))
            .isInstanceOfSatisfying(
                AuditException.class,
                e -> assertThat(e.code()).isEqualTo(AuditException.Code.BAD_CURSOR));
      }
      for (String chain :
          new String[] {"'; --", "\u2028", "%", "\ud83d\ude00", "x".repeat(5_000)}) {
        assertThat(store.query(AuditQuery.builder().cursor(cursor(chain)).build()).events())
            .as("before the first commit")
            .isEmpty();
      }
    }
  }
}
