package app.intentgate;

import app.intentgate.check.CapabilityCheck;
import app.intentgate.check.CheckPipeline;
import app.intentgate.policy.ActivePolicies;
import app.intentgate.token.TokenIds;
import java.time.Clock;

/** What a gate is put together from. */
record GateParts(
    CapabilityCheck capability,
    CheckPipeline pipeline,
    CallRecorder recorder,
    OperatorActions actions,
    GateStores stores,
    ActivePolicies policies,
    TokenIds ids,
    Clock clock) {}
