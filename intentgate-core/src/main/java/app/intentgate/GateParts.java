package app.intentgate;

import app.intentgate.check.run.ApprovalWaits;
import app.intentgate.check.run.CapabilityCheck;
import app.intentgate.check.run.CheckPipeline;
import app.intentgate.policy.ActivePolicies;
import app.intentgate.token.TokenIds;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/** What a gate is put together from. */
record GateParts(
    CapabilityCheck capability,
    CheckPipeline pipeline,
    CallRecorder recorder,
    OperatorActions actions,
    @Nullable ApprovalActions approvalActions,
    @Nullable ApprovalWaits waits,
    GateStores stores,
    ActivePolicies policies,
    boolean onlyObserves,
    TokenIds ids,
    Clock clock) {}
