package app.intentgate.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class DemoTest {
  @Test
  void the_demo_meets_every_check_and_finds_the_tampering() {
    StringWriter out = new StringWriter();
    int code =
        CommandLineMain.run(
            new PrintWriter(out, true), new PrintWriter(System.err, true), "demo", "--exit");
    assertThat(out.toString())
        .contains("capability")
        .contains("intent")
        .contains("policy")
        .contains("budget")
        .contains("escalate")
        .contains("token revoked")
        .contains("Audit chain verified")
        .contains("One word of a copy changed: found at event");
    assertThat(code).as(out.toString()).isZero();
  }

  @Test
  void training_calls_the_gate_for_as_long_as_it_is_told() {
    StringWriter out = new StringWriter();
    int code =
        CommandLineMain.run(
            new PrintWriter(out, true),
            new PrintWriter(System.err, true),
            "train",
            "--seconds",
            "1");
    assertThat(out.toString()).matches("[1-9][0-9]* calls in 1 s\\.\\s+");
    assertThat(code).isZero();
  }
}
