/**
 * A gate per test for JUnit 5 and later: {@link app.intentgate.sdk.test.GateTest} on the class, a
 * {@link app.intentgate.sdk.test.TestGate} as a parameter. Needs JUnit Jupiter, which the SDK does
 * not bring.
 */
@NullMarked
package app.intentgate.sdk.test;

import org.jspecify.annotations.NullMarked;
