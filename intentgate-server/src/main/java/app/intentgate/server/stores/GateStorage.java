package app.intentgate.server.stores;

import app.intentgate.approval.ApprovalStore;
import app.intentgate.audit.AuditStore;
import app.intentgate.audit.AuditWriter;
import app.intentgate.audit.FileAuditStore;
import app.intentgate.budget.BudgetStore;
import app.intentgate.memory.MemoryApprovalStore;
import app.intentgate.memory.MemoryAuditStore;
import app.intentgate.memory.MemoryBudgetStore;
import app.intentgate.memory.MemoryKillSwitchStore;
import app.intentgate.memory.MemoryRevocationStore;
import app.intentgate.revocation.KillSwitchStore;
import app.intentgate.revocation.RevocationStore;
import app.intentgate.server.config.Choices;
import app.intentgate.server.config.Config;
import app.intentgate.server.config.Credentials;
import app.intentgate.server.config.Settings;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Every store of one gate.
 *
 * @param audit the audit log; closed by the gate
 * @param revocations the revoked tokens
 * @param killSwitches the kill switches
 * @param budgets what tokens spent
 * @param approvals the calls that wait for a person
 */
public record GateStorage(
    AuditStore audit,
    RevocationStore revocations,
    KillSwitchStore killSwitches,
    BudgetStore budgets,
    ApprovalStore approvals)
    implements AutoCloseable {
  private static final int MAX_PENDING = 20_000;
  private static final int MAX_BATCH = 1_000;

  /** Opens what the configuration asks for. */
  public static GateStorage open(Config config) {
    AuditStore audit =
        config.get(Settings.STORE) == Choices.Store.MEMORY ? new MemoryAuditStore() : file(config);
    if (config.get(Settings.AUDIT_TARGET) == Choices.AuditTarget.STDOUT) {
      audit =
          new PrintedAudit(
              audit,
              new EventPrinter(
                  new java.io.BufferedOutputStream(
                      new FileOutputStream(FileDescriptor.out), 1 << 16)));
    }
    return new GateStorage(
        audit,
        new MemoryRevocationStore(),
        new MemoryKillSwitchStore(),
        new MemoryBudgetStore(),
        new MemoryApprovalStore());
  }

  private static AuditStore file(Config config) {
    Path directory = config.get(Settings.DATA_DIR);
    Credentials.prepare(directory);
    return FileAuditStore.builder(directory.resolve("audit.jsonl"))
        .limits(
            new AuditWriter.Limits(
                MAX_PENDING, MAX_BATCH, Duration.ofMillis(config.get(Settings.AUDIT_WAIT_MS))))
        .open();
  }

  /** Lets go of everything but the audit log, which its gate closes. */
  public void closeState() {
    // What is in memory needs no closing.
  }

  @Override
  public void close() {
    audit.close();
    closeState();
  }
}
