/**
 * The front door. {@link app.intentgate.IntentGate#builder()} builds a gate; {@link
 * app.intentgate.IntentGate#authorize} judges a {@link app.intentgate.ToolCall} and answers with a
 * {@link app.intentgate.Decision}, which is on the audit chain before anyone sees it.
 */
package app.intentgate;
