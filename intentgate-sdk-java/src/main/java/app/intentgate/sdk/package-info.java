/**
 * The client an agent uses to call tools through a gate: {@link
 * app.intentgate.sdk.IntentGateClient} over HTTP, {@link app.intentgate.sdk.LocalGate} in process,
 * one interface for both, a result that keeps everything the tool said, and an exception per reason
 * a call did not happen. Marks such as "contract 9.4" are explained in {@code docs/rules.md}.
 */
@NullMarked
package app.intentgate.sdk;

import org.jspecify.annotations.NullMarked;
