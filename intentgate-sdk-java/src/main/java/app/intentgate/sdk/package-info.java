/**
 * The client an agent uses to call tools through a gate: {@link
 * app.intentgate.sdk.IntentGateClient} over HTTP, {@link app.intentgate.sdk.LocalGate} in process,
 * one interface for both, a result that keeps everything the tool said, and an exception per reason
 * a call did not happen.
 */
@NullMarked
package app.intentgate.sdk;

import org.jspecify.annotations.NullMarked;
