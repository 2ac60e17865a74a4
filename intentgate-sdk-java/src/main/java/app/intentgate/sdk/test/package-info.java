/**
 * A gate per test: {@link app.intentgate.sdk.test.GateTest} on the class, a {@link
 * app.intentgate.sdk.test.TestGate} as a parameter. Needs JUnit Jupiter, which the SDK does not
 * bring, of 5.13 or later: earlier ones run the tests and close no gate.
 */
@NullMarked
package app.intentgate.sdk.test;

import org.jspecify.annotations.NullMarked;
