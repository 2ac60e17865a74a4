package app.intentgate.jdbc.approval;

import app.intentgate.approval.ApprovalStore;
import app.intentgate.approval.ApprovalStoreContract;
import app.intentgate.jdbc.Offload;
import app.intentgate.jdbc.testing.TestDatabase;
import app.intentgate.jdbc.testing.TestState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class SqliteApprovalStoreTest extends ApprovalStoreContract {
  @RegisterExtension final TestState state = new TestState(TestDatabase.SQLITE);

  @Override
  protected ApprovalStore store() {
    return state.get().approvals();
  }

  @Test
  void a_tenant_waits_for_at_most_as_many_as_are_left_for_others() {
    try (Offload offload = new Offload("approvals")) {
      assertSharedBySix(new SqlApprovalStore(state.database(), offload, 6, 1 << 20));
    }
  }

  @Test
  void a_tenant_waits_for_at_most_as_much_as_is_left_for_others() {
    try (Offload offload = new Offload("approvals")) {
      assertSharedByLength(new SqlApprovalStore(state.database(), offload, 100, 64_000));
    }
  }
}
