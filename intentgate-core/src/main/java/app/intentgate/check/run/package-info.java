/**
 * The four checks a call must pass, in order: capability, intent, policy, budget. Each is a small
 * class that knows nothing of HTTP, of the others or of the audit log; the first that does not pass
 * ends the call.
 */
package app.intentgate.check.run;
