/**
 * The front door. {@link app.intentgate.IntentGate#builder()} builds a gate; {@link
 * app.intentgate.IntentGate#authorize} judges a {@link app.intentgate.ToolCall} and answers with a
 * {@link app.intentgate.Decision}, which is on the audit chain before anyone sees it.
 *
 * <p>Beside it an embedder meets {@code token} (what is minted), {@code check} (why a call was
 * refused, and what can be plugged in), {@code policy} and {@code policy.lifecycle} (what decides,
 * and changing it), {@code audit} (queries, exports, verification), {@code approval}, and {@code
 * file} or a database for what must outlive the program. {@code docs/embedding.md} shows each at
 * work. Marks such as B59 or "contract 1.4" name the rule that a line follows; {@code
 * docs/rules.md} says what each one means.
 */
package app.intentgate;
