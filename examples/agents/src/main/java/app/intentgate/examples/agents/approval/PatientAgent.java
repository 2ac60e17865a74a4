package app.intentgate.examples.agents.approval;

import app.intentgate.sdk.ApprovalExpired;
import app.intentgate.sdk.ApprovalPending;
import app.intentgate.sdk.ApprovalRejected;
import app.intentgate.sdk.ApprovalWait;
import app.intentgate.sdk.CallOptions;
import app.intentgate.sdk.GateClient;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;

/** Pays, and waits where a person must agree; what is still open then can be resumed by its id. */
public final class PatientAgent {
  private final GateClient gate;
  private final Consumer<String> tell;

  /** An agent that tells someone which call waits. */
  public PatientAgent(GateClient gate, Consumer<String> tell) {
    this.gate = gate;
    this.tell = tell;
  }

  /** Pays an invoice, waiting for so long; what came of it, in words. */
  public String pay(int invoice, int amount, Duration patience) {
    return pay(invoice, amount, patience, CallOptions.none());
  }

  /** Goes on with a payment that waited. */
  public String resume(int invoice, int amount, String pendingId, Duration patience) {
    return pay(invoice, amount, patience, CallOptions.none().resuming(pendingId));
  }

  private String pay(int invoice, int amount, Duration patience, CallOptions options) {
    ApprovalWait wait =
        ApprovalWait.atMost(patience)
            .askEvery(Duration.ofMillis(50))
            .onPending(pending -> tell.accept(pending.pendingId()));
    try {
      return gate.callAndAwaitApproval(
              "pay_invoice", Map.of("id", invoice, "amount", amount), options, wait)
          .text();
    } catch (ApprovalRejected e) {
      return "not paid: " + e.reason();
    } catch (ApprovalExpired e) {
      return "not paid, nobody decided: " + e.reason();
    } catch (ApprovalPending e) {
      return "still waiting as " + e.pendingId();
    }
  }
}
