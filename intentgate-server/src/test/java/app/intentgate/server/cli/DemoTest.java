package app.intentgate.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DemoTest {
  @Test
  void the_demo_meets_every_check_and_finds_the_tampering() {
    CommandRun demo = CommandRun.of("demo", "--exit");
    assertThat(demo.out())
        .contains("capability")
        .contains("intent")
        .contains("policy")
        .contains("budget")
        .contains("escalate")
        .contains("token revoked")
        .contains("Audit chain verified")
        .contains("One word of a copy changed: found at event");
    assertThat(demo.code()).as("%s", demo).isZero();
  }

  @Test
  void training_calls_the_gate_for_as_long_as_it_is_told() {
    CommandRun trained = CommandRun.of("train", "--seconds", 1);
    assertThat(trained.out()).matches("[1-9][0-9]* calls in 1 s\\.\\s+");
    assertThat(trained.code()).as("%s", trained).isZero();
  }
}
