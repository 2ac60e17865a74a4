package app.intentgate.examples.embedded;

import app.intentgate.Decision;
import app.intentgate.IntentGate;
import app.intentgate.ToolCall;
import app.intentgate.token.CapabilityToken;
import java.util.Map;

/** The tools an agent may use, each behind the gate. */
final class InvoiceAssistant {
  private final IntentGate gate;
  private final Invoices invoices;

  InvoiceAssistant(IntentGate gate, Invoices invoices) {
    this.gate = gate;
    this.invoices = invoices;
  }

  String readInvoice(CapabilityToken token, int id) {
    Decision decision = gate.authorize(ToolCall.of("read_invoice", Map.of("id", id)).bearer(token));
    return decision.allowed()
        ? decision.ifAllowed(() -> invoices.read(id)).orElseThrow()
        : told(decision);
  }

  String payInvoice(CapabilityToken token, int id, int cents) {
    ToolCall call = ToolCall.of("pay_invoice", Map.of("id", id, "amount", cents / 100));
    Decision decision = gate.authorize(call.bearer(token));
    if (decision instanceof Decision.Escalate waiting) {
      return "a human must agree: " + waiting.reason() + " (" + waiting.pendingId() + ")";
    }
    return decision.allowed()
        ? decision.ifAllowed(() -> invoices.pay(id, cents)).orElseThrow()
        : told(decision);
  }

  private static String told(Decision decision) {
    return decision.message() + ": " + decision.reason();
  }
}
