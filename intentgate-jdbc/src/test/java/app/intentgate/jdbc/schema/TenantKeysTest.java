package app.intentgate.jdbc.schema;

import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.jdbc.Database;
import app.intentgate.jdbc.testing.Migrated;
import app.intentgate.jdbc.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The tenant leads every table's key, but for what docs/postgresql.md names. */
class TenantKeysTest {
  /** The columns of each table's primary key, in their order; none for a table without one. */
  private static final Map<TestDatabase, String> KEYS =
      Map.of(
          TestDatabase.SQLITE,
          """
          SELECT m.name, c.name FROM sqlite_master m
          LEFT JOIN pragma_table_info(m.name) c ON c.pk > 0
          WHERE m.type = 'table' AND m.name LIKE 'ig\\_%' ESCAPE '\\' ORDER BY m.name, c.pk
          """,
          TestDatabase.POSTGRESQL,
          """
          SELECT t.relname, a.attname FROM pg_class t
          LEFT JOIN pg_constraint k ON k.conrelid = t.oid AND k.contype = 'p'
          LEFT JOIN LATERAL unnest(k.conkey) WITH ORDINALITY AS n(attnum, place) ON TRUE
          LEFT JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = n.attnum
          WHERE t.relkind IN ('r', 'p') AND t.relname LIKE 'ig\\_%' ORDER BY 1, n.place
          """);

  @TempDir Path directory;

  @ParameterizedTest
  @EnumSource
  void the_tenant_leads_the_key_of_every_table_but_those_that_have_none(TestDatabase kind)
      throws IOException {
    Map<String, List<String>> keys = new TreeMap<>();
    try (Database database = Migrated.create(kind, directory)) {
      database.read(
          handle ->
              handle
                  .createQuery(KEYS.getOrDefault(kind, ""))
                  .map(
                      (row, context) -> {
                        List<String> key =
                            keys.computeIfAbsent(row.getString(1), t -> new ArrayList<>());
                        if (row.getString(2) != null) {
                          key.add(row.getString(2));
                        }
                        return key;
                      })
                  .list());
    }
    TreeSet<String> without = new TreeSet<>();
    keys.forEach(
        (table, key) -> {
          if (key.isEmpty() || !List.of("tenant", "chain").contains(key.get(0))) {
            without.add(table);
          }
        });
    TreeSet<String> documented = documented();
    if (kind == TestDatabase.SQLITE) {
      documented.remove("ig_audit_epoch");
    }
    assertThat(keys).hasSizeGreaterThan(15);
    assertThat(without).isEqualTo(documented);
  }

  /** The tables in the first column of the section's table. */
  static TreeSet<String> documented() throws IOException {
    String all = Files.readString(Path.of("../docs/postgresql.md"));
    String section = all.substring(all.indexOf("## Whose rows are whose"));
    section = section.substring(0, section.indexOf("\n## ", 1));
    TreeSet<String> tables = new TreeSet<>();
    Pattern.compile("(?m)^\\| ([^|]+) \\|")
        .matcher(section)
        .results()
        .map(row -> row.group(1))
        .flatMap(cell -> Pattern.compile("`(ig_\\w+)`").matcher(cell).results())
        .map((MatchResult table) -> table.group(1))
        .forEach(tables::add);
    return tables;
  }
}
