package app.intentgate.policy.lint;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A decision put together of its members says as much as one that is written as an object. */
class DecisionShapeTest {
  private static final String NEVER_READ =
      "nobody reads \"%s\" of a decision; did you mean \"%s\"?";
  private static final String NO_FLAG = "\"%s\" of a decision is true or false, and nothing else";
  private static final String NO_DEFAULT =
      "no default decision: calls that no rule matches are refused with an error; add default %s";

  private static List<String> messages(String source) {
    return PolicyLint.check("p.rego", source.replace(';', '\n').replace('\'', '"')).stream()
        .map(LintWarning::message)
        .toList();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "package intentgate.policy.decision; default allow := false; ",
        "package intentgate.policy; default decision.allow := false; decision.",
        "package intentgate; default policy.decision.allow := false; policy.decision.",
      })
  void a_member_is_read_or_warned_of_wherever_it_is_defined(String start) {
    assertThat(messages(start + "reason := 'no'")).isEmpty();
    assertThat(messages(start + "approval.by := 'lead'")).isEmpty();
    assertThat(messages(start + "team := 'a'")).isEmpty();
    assertThat(messages(start + "escalate if input.tool == 'a'")).isEmpty();
    assertThat(messages(start + "reson := 'no'"))
        .containsExactly(NEVER_READ.formatted("reson", "reason"));
    assertThat(messages(start + "aproval.by := 'lead'"))
        .containsExactly(NEVER_READ.formatted("aproval", "approval"));
    assertThat(messages(start + "escalate := 'yes'"))
        .containsExactly(NO_FLAG.formatted("escalate"));
    assertThat(messages(start + "escalate := true if input.tool == 'a' else := 1"))
        .containsExactly(NO_FLAG.formatted("escalate"));
    assertThat(messages(start + "reson := 'a' if input.tool == 'a' else := 'b'"))
        .containsExactly(NEVER_READ.formatted("reson", "reason"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "package intentgate.policy.decision; allow if input.tool == 'a' | allow := false",
        "package intentgate.policy.decision; default reason := 'no' | allow := false",
        "package intentgate.policy; decision.allow if input.tool == 'a' | decision.allow := false",
        "package intentgate.policy; decision.reason := 'no' | decision.allow := false",
        "package intentgate; policy.decision.allow if input.tool | policy.decision.allow := false",
        "package intentgate.policy; decision.allow.x := 1 | decision.allow := false",
      })
  void a_decision_that_may_lack_allow_is_told_how_to_give_it_a_default(String source, String add) {
    assertThat(messages(source)).containsExactly(NO_DEFAULT.formatted(add));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "package intentgate.policy.decision; allow := true",
        "package intentgate.policy; decision.allow := true",
        "package intentgate.policy; decision.allow if input.tool == 'a' else := false",
        "package intentgate.policy; default decision.allow := false; decision.reason := 'no'",
      })
  void a_decision_that_always_has_allow_needs_no_default(String source) {
    assertThat(messages(source)).isEmpty();
  }
}
