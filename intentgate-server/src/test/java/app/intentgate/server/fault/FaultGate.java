package app.intentgate.server.fault;

import app.intentgate.server.exchange.GateProcess;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** Starts the gates that are to suffer. */
final class FaultGate {
  private FaultGate() {}

  /** A gate process with a data directory and further variables, names and values in turn. */
  static GateProcess start(Path data, String... variables) throws Exception {
    return GateProcess.start(environment(data, variables));
  }

  /** The variables of such a gate. */
  static Map<String, String> environment(Path data, String... variables) {
    Map<String, String> env = new HashMap<>();
    env.put("INTENTGATE_ADDR", "127.0.0.1:0");
    env.put("INTENTGATE_DATA_DIR", data.toString());
    env.put("INTENTGATE_AUDIT_TARGET", "none");
    env.put("INTENTGATE_MASTER_KEY", "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8");
    env.put("INTENTGATE_ADMIN_TOKEN", Chain.ADMIN);
    for (int i = 0; i < variables.length; i += 2) {
      env.put("INTENTGATE_" + variables[i], variables[i + 1]);
    }
    return env;
  }
}
