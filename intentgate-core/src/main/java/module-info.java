/**
 * The four checks, tokens, the Rego engine and the audit chain, on the JDK alone. What is exported
 * is for programs that embed the gate, or that bring their own stores, policies and extractors.
 */
@org.jspecify.annotations.NullMarked
module app.intentgate.core {
  requires java.net.http;
  requires static transitive org.jspecify;

  exports app.intentgate;
  exports app.intentgate.approval;
  exports app.intentgate.audit;
  exports app.intentgate.audit.checkpoint;
  exports app.intentgate.budget;
  exports app.intentgate.check;
  exports app.intentgate.file;
  exports app.intentgate.intent;
  exports app.intentgate.inventory;
  exports app.intentgate.json;
  exports app.intentgate.memory;
  exports app.intentgate.opencall;
  exports app.intentgate.operator;
  exports app.intentgate.pin;
  exports app.intentgate.policy;
  exports app.intentgate.policy.lifecycle;
  exports app.intentgate.policy.replay;
  exports app.intentgate.rego;
  exports app.intentgate.rego.load;
  exports app.intentgate.rego.spi;
  exports app.intentgate.rego.testing;
  exports app.intentgate.rego.trace;
  exports app.intentgate.revocation;
  exports app.intentgate.store;
  exports app.intentgate.token;
}
