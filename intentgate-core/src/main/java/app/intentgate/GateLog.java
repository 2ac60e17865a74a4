package app.intentgate;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/** What the gate tells its operator's log. Never a token, an argument or a prompt. */
final class GateLog {
  private static final Logger LOG = System.getLogger(IntentGate.class.getName());

  private GateLog() {}

  static void outcomeNotStored(String callId, Throwable failure) {
    LOG.log(Level.ERROR, "the outcome of call " + callId + " could not be stored", failure);
  }
}
