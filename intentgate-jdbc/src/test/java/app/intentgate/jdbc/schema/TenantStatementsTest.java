package app.intentgate.jdbc.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Every statement of the module has the tenant in its predicate, or is one of those named here. */
class TenantStatementsTest {
  /** What reads or changes rows that are there; what only adds some names their tenants anyway. */
  private static final Pattern STATEMENT =
      Pattern.compile("\\b(FROM|UPDATE|JOIN)\\s+ig_|\\bDO UPDATE\\b");

  private static final Pattern TABLE = Pattern.compile("\\big_[a-z_]+");

  /** The tenant, or the chain that is its name in the audit log, is compared with a parameter. */
  private static final Pattern OF_TENANT =
      Pattern.compile(
          "\\b(tenant|chain)\\s*(=\\s*(\\?|ANY \\(\\?\\)|n\\.c\\b|current_setting\\()|IN \\(\\?)"
              + "|ON CONFLICT \\((tenant|chain)\\b"
              + "|tenant, (l\\.)?kind, (l\\.)?counter\\) IN \\(VALUES");

  /** What goes over all tenants on purpose, by class and constant or method, and why. */
  private static final Map<String, String> OVER_ALL =
      Map.ofEntries(
          Map.entry("ApprovalRows.FIND_IN_ALL", "superadmins name an id alone"),
          Map.entry("ApprovalRows.LATE", "what expired, whoever's"),
          Map.entry("ApprovalRows.ANY_LATE", "whether anything expired, whoever's"),
          Map.entry("ApprovalRows.AFTER", "the feed"),
          Map.entry("ApprovalRows.WAITING", "the bound holds for all together"),
          Map.entry("ApprovalRows.list", "superadmins list all; a tenant is added where one asks"),
          Map.entry("OperatorRows.AFTER", "the feed"),
          Map.entry("KillSwitchRows.AFTER", "the feed"),
          Map.entry("KillSwitchRows.ENGAGED", "superadmins list all"),
          Map.entry("RevocationRows.KEYS", "the feed"),
          Map.entry("RevocationRows.LIST", "superadmins list all"),
          Map.entry("DraftRows.KNOWN", "an id is given once among all tenants"),
          Map.entry("DraftRows.LATEST_IN_ALL", "superadmins name an id alone"),
          Map.entry("DraftRows.AT_IN_ALL", "superadmins name an id alone"),
          Map.entry("DraftRows.LIST_ALL", "superadmins list all"),
          Map.entry("SlotRows.SLOTS", "a gate loads every tenant's policy"),
          Map.entry("SlotRows.AFTER", "the feed"),
          Map.entry("GateRows.LEAVE", "a gate serves all tenants"),
          Map.entry("GateRows.FORGET", "a gate serves all tenants"),
          Map.entry("BudgetRows.FORGET", "what no token can charge any more, whoever's"),
          Map.entry("BudgetRows.END", "up to where those are looked for, whoever's"),
          Map.entry("LeaseRows.RECALLED", "what a gate must give back, whoever's"),
          Map.entry("LeaseRows.FORGET_LEASES", "what has no counter any more, whoever's"),
          Map.entry("LeaseRows.FORGET_GATES", "a gate serves all tenants"),
          Map.entry("OpenCallRows.TAKE_OLDER", "what waited for too long, whoever's"),
          Map.entry("OperatorRows.USES", "superadmins list all"),
          Map.entry("SqlExport.ofTenant", "a query's filter adds its chain"),
          Map.entry("SqliteTimes.OF_ALL", "superadmins read all"),
          Map.entry("SqlReading.count", "a query's filter adds its chain"),
          Map.entry("SqlReading.tenant", "a query's filter adds its chain"),
          Map.entry("CommitWindow.next", "the order between chains"),
          Map.entry("CommitWindow.select", "superadmins read all"),
          Map.entry("SqlVerification.heads", "checkpoints are made of every chain"),
          Map.entry("DatabaseVerifier.CHAINS", "which chains there are"),
          Map.entry("Closings.ends", "which chains were closed"),
          Map.entry("PostgresAuditSql.EPOCH", "the order between chains"),
          Map.entry("PostgresAuditSql.eventsOfEach", "the chain is the commit's"),
          Map.entry("SqliteAuditSql.eventsOfEach", "the chain is the commit's"),
          Map.entry("SqliteAuditSql.lock", "the order between chains"));

  @Test
  void every_statement_names_the_tenant_or_is_known_to_go_over_all() throws IOException {
    Set<String> tenantless = TenantKeysTest.documented();
    tenantless.remove("ig_audit_commits");
    TreeSet<String> over = new TreeSet<>();
    List<SourceSql.Text> texts = SourceSql.below(Path.of("src/main/java"));
    int statements = 0;
    for (SourceSql.Text text : texts) {
      Set<String> tables =
          TABLE.matcher(text.sql()).results().map(MatchResult::group).collect(Collectors.toSet());
      if (!STATEMENT.matcher(text.sql()).find() || tenantless.containsAll(tables)) {
        continue;
      }
      statements++;
      if (!OF_TENANT.matcher(text.sql()).find()) {
        over.add(text.place());
      }
    }
    assertThat(statements).isGreaterThan(50);
    assertThat(over).isEqualTo(new TreeSet<>(OVER_ALL.keySet()));
  }
}
