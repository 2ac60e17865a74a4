package app.intentgate.examples.embedded;

import app.intentgate.IntentGate;
import app.intentgate.policy.BuiltInPolicies;
import app.intentgate.policy.RegoPolicyEngine;
import app.intentgate.token.CapabilityToken;
import app.intentgate.token.Caveat;
import app.intentgate.token.Grant;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;

/** Runs the example: an agent reads, pays, asks for too much, and hands a narrower token on. */
public final class EmbeddedExample {
  private EmbeddedExample() {}

  /** Prints what the agent was told. */
  public static void main(String[] args) {
    run(System.out);
  }

  static void run(PrintStream out) {
    RegoPolicyEngine policy =
        RegoPolicyEngine.compile(
            "payments.rego", BuiltInPolicies.template("value_threshold"), "payments");
    try (IntentGate gate = IntentGate.builder().policy(policy).build()) {
      InvoiceAssistant assistant = new InvoiceAssistant(gate, new Invoices());
      CapabilityToken token =
          gate.mint(
              Grant.to("invoice-agent")
                  .tools("read_*", "pay_invoice")
                  .maxCalls(50)
                  .expiresIn(Duration.ofHours(1)));

      out.println("read 7:          " + assistant.readInvoice(token, 7));
      out.println("pay 120:         " + assistant.payInvoice(token, 7, 12_000));
      out.println("pay 9900:        " + assistant.payInvoice(token, 8, 990_000));
      out.println("pay 200000:      " + assistant.payInvoice(token, 8, 20_000_000));

      CapabilityToken forSubAgent = token.attenuate(new Caveat.ToolAllow(List.of("read_*")));
      out.println("sub-agent reads: " + assistant.readInvoice(forSubAgent, 8));
      out.println("sub-agent pays:  " + assistant.payInvoice(forSubAgent, 8, 100));

      gate.revoke(token.id(), "the agent misbehaved");
      out.println("after revoking:  " + assistant.readInvoice(forSubAgent, 8));
      out.println(
          "audit chain:     "
              + (gate.audit().verify("default", null, null).ok() ? "verified" : "BROKEN"));
    }
  }
}
