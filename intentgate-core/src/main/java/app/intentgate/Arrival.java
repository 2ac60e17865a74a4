package app.intentgate;

import app.intentgate.check.Patience;

/**
 * A call as it arrived.
 *
 * @param call what was asked
 * @param callId the id all its events share
 * @param patience how long its maker waits where a human must agree
 * @param nanos when that was, by {@link System#nanoTime}
 */
record Arrival(ToolCall call, String callId, Patience patience, long nanos) {
  /** The time since then, in nanoseconds. */
  long age() {
    return System.nanoTime() - nanos;
  }
}
