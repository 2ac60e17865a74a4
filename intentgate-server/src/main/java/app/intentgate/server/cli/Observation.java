package app.intentgate.server.cli;

import app.intentgate.json.JsonObject;
import app.intentgate.rego.EvalOptions;
import app.intentgate.rego.RegoPolicy;
import app.intentgate.rego.trace.Coverage;
import app.intentgate.rego.trace.EvalObserver;
import app.intentgate.rego.trace.Profile;
import app.intentgate.rego.trace.Trace;
import java.util.ArrayList;
import java.util.List;

/** What an evaluation is watched for: an explanation, coverage, a profile. */
final class Observation {
  private final Explanation.Kind explain;
  private final Trace trace = Trace.ofDefaults();
  private final Coverage coverage = new Coverage();
  private final Profile profile = new Profile();
  private final boolean covers;
  private final boolean profiles;

  Observation(Explanation.Kind explain, boolean covers, boolean profiles) {
    this.explain = explain;
    this.covers = covers;
    this.profiles = profiles;
  }

  boolean isNeeded() {
    return covers || profiles || explain != Explanation.Kind.OFF;
  }

  EvalOptions.Builder watch(EvalOptions.Builder options) {
    List<EvalObserver> observers = new ArrayList<>();
    if (explain != Explanation.Kind.OFF) {
      observers.add(trace);
    }
    if (covers) {
      observers.add(coverage);
    }
    if (profiles) {
      observers.add(profile);
    }
    return observers.isEmpty() ? options : options.observer(EvalObserver.all(observers));
  }

  /** The explanation's lines, empty when none was asked for. */
  List<String> explanation() {
    return Explanation.lines(trace, explain);
  }

  /** The members {@code coverage} and {@code profile}, as far as asked for. */
  JsonObject report(RegoPolicy policy) {
    JsonObject.Builder report = JsonObject.builder(2);
    if (profiles) {
      profile.stop();
      report.put("profile", profile.toJson());
    }
    if (covers) {
      report.put("coverage", coverage.report(policy.coverableRows()).toJson());
    }
    return report.build();
  }
}
