package app.intentgate.sdk.test;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Gives each test of a class, or one test, a gate of its own, in memory: take a {@link TestGate} as
 * a parameter.
 *
 * <pre>{@code
 * @GateTest(policy = "/payments.rego")
 * class PaymentsTest {
 *   @Test
 *   void largePaymentsNeedAPerson(TestGate gate) {
 *     CapabilityToken token = gate.token("agent", "pay");
 *     gate.assertEscalated(token, "pay", Map.of("amount", 5000));
 *   }
 * }
 * }</pre>
 */
@Documented
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(GateExtension.class)
public @interface GateTest {
  /**
   * The policy: a resource of the class path, starting with {@code /}, or Rego source; the built-in
   * policy when empty.
   */
  String policy() default "";
}
