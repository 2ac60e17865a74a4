package app.intentgate.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.audit.AuditQuery;
import app.intentgate.jdbc.audit.JdbcAuditStore;
import app.intentgate.jdbc.state.SqlState;
import app.intentgate.jdbc.testing.Migrated;
import app.intentgate.jdbc.testing.TestDatabase;
import app.intentgate.testing.JavaSnippets;
import app.intentgate.token.KeyRing;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How a gate is put on a database, as the package and the documents say it, compiles and works. */
class AssemblyDocumentTest {
  private static final String PACKAGE =
      "intentgate-jdbc/src/main/java/app/intentgate/jdbc/package-info.java";
  private static final Pattern CODE = Pattern.compile("(?s)<pre>\\{@code\\n(.*?) \\* }</pre>");
  private static final List<String> IMPORTS =
      List.of(
          "app.intentgate.*",
          "app.intentgate.jdbc.*",
          "app.intentgate.jdbc.audit.*",
          "app.intentgate.jdbc.schema.*",
          "app.intentgate.jdbc.state.*",
          "app.intentgate.policy.lifecycle.*",
          "app.intentgate.token.*",
          "java.nio.file.Path",
          "java.time.*");
  private static final String GIVEN =
      """
      static DatabaseTarget target;
      static Path folder;
      static KeyRing keys;
      static String gateId = "gate-1";
      static void serve(IntentGate gate) {
        CapabilityToken kept = gate.mint(Grant.to("agent").maxCalls(5));
        gate.authorize(ToolCall.of("read_invoice").bearer(kept)).ifAllowed(() -> {});
        gate.revoke(kept.id(), "done");
      }
      static void serve(IntentGate gate, PolicyService policies) {
        serve(gate);
        if (policies.inForce("") != policies.boot()) {
          throw new AssertionError("another policy than the gate started with");
        }
      }
      """;

  @TempDir private Path classes;
  @TempDir private Path folder;

  private static void was_recorded(Database database) {
    try (JdbcAuditStore audit = new JdbcAuditStore(database);
        SqlState state = SqlState.open(database)) {
      assertThat(audit.query(AuditQuery.all()).events()).hasSize(4);
      assertThat(audit.verify("default", null, null).ok()).isTrue();
      assertThat(state.revocations().list(null, 10, 0)).hasSize(1);
    }
  }

  @ParameterizedTest
  @EnumSource
  void the_assembly_of_the_package_works(TestDatabase kind) throws Exception {
    Matcher code = CODE.matcher(JavaSnippets.document(PACKAGE));
    assertThat(code.find()).isTrue();
    JavaSnippets snippets =
        new JavaSnippets(IMPORTS, GIVEN).block(code.group(1).replaceAll("(?m)^ \\* ?", ""));
    snippets.compile(classes);
    DatabaseTarget target = kind.create(folder);
    snippets.run(classes, "Database.open", Map.of("target", target, "keys", KeyRing.generate()));
    try (Database database = Migrated.open(target)) {
      was_recorded(database);
    }
  }

  @Test
  void the_assembly_of_the_document_works() throws Exception {
    String embedding = JavaSnippets.document("docs/embedding.md");
    JavaSnippets snippets =
        new JavaSnippets(IMPORTS, GIVEN)
            .of(JavaSnippets.section(embedding, "## Keeping things in a database"));
    assertThat(snippets.size()).isOne();
    snippets.compile(classes);
    snippets.run(classes, "SqliteFile", Map.of("folder", folder, "keys", KeyRing.generate()));
    try (Database database =
        Migrated.open(new DatabaseTarget.SqliteFile(folder.resolve("gate.db")))) {
      was_recorded(database);
    }
  }
}
