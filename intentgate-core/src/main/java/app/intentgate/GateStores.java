package app.intentgate;

import app.intentgate.approval.ApprovalStore;
import app.intentgate.audit.AuditStore;
import app.intentgate.budget.BudgetStore;
import app.intentgate.revocation.KillSwitchStore;
import app.intentgate.revocation.RevocationStore;
import org.jspecify.annotations.Nullable;

/** The stores behind one gate. */
record GateStores(
    AuditStore audit,
    RevocationStore revocations,
    KillSwitchStore killSwitches,
    BudgetStore budgets,
    @Nullable ApprovalStore approvals) {}
