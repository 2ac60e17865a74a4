package app.intentgate.jdbc.policy;

import app.intentgate.jdbc.Database;
import app.intentgate.jdbc.feed.FeedHeads;
import app.intentgate.memory.PolicyJournal;
import app.intentgate.policy.lifecycle.PolicyChange;
import app.intentgate.policy.lifecycle.PolicyDraft;
import app.intentgate.policy.lifecycle.PolicySlot;
import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Writes what another store tells of its policies into rows, each in a transaction of its own. */
final class PolicyImport implements PolicyJournal {
  private final Database database;

  PolicyImport(Database database) {
    this.database = database;
  }

  @FunctionalInterface
  private interface Step {
    void on(Connection connection) throws SQLException;
  }

  private void write(Step step) {
    boolean unused =
        database.write(
            handle -> {
              step.on(handle.getConnection());
              return true;
            });
  }

  @Override
  public void saved(PolicyDraft draft) {
    write(
        connection -> {
          long saved = FeedHeads.next(connection, database.dialect(), SqlPolicyStore.DRAFTS);
          if (DraftRows.at(connection, draft.id(), draft.at().number(), draft.tenant()).isEmpty()) {
            DraftRows.save(connection, draft, saved);
          }
        });
  }

  @Override
  public void deleted(PolicyDraft draft) {
    write(connection -> DraftRows.delete(connection, draft.id(), draft.tenant()));
  }

  @Override
  public void put(PolicySlot slot, @Nullable PolicyChange change) {
    write(
        connection -> {
          long version = FeedHeads.next(connection, database.dialect(), PolicyTopic.NAME);
          if (SlotRows.slot(connection, slot.tenant()).version() > slot.version()) {
            return;
          }
          boolean known =
              change != null
                  && SlotRows.change(connection, change.tenant(), change.id()).isPresent();
          SlotRows.put(connection, slot, known ? null : change, version);
        });
  }
}
