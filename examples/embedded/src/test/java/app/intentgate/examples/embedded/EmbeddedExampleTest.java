package app.intentgate.examples.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class EmbeddedExampleTest {
  @Test
  void the_example_says_what_its_readme_shows() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    EmbeddedExample.run(new PrintStream(out, true, StandardCharsets.UTF_8));
    assertThat(out.toString(StandardCharsets.UTF_8).lines())
        .satisfiesExactly(
            line -> assertThat(line).endsWith("invoice 7: 120.00 EUR open"),
            line -> assertThat(line).endsWith("paid 120.00 EUR; invoice 7: 0.00 EUR open"),
            line ->
                assertThat(line)
                    .contains("a human must agree: payment of 9900 above 1000 needs approval"),
            line -> assertThat(line).endsWith("policy check failed: payment above 100000"),
            line -> assertThat(line).endsWith("invoice 8: 9900.00 EUR open"),
            line -> assertThat(line).endsWith("tool \"pay_invoice\" not in allowed set"),
            line -> assertThat(line).endsWith("capability check failed: token revoked"),
            line -> assertThat(line).endsWith("verified"));
  }
}
