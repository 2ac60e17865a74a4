package app.intentgate.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Options that say how many of something: one at least, whatever the command. */
class CountsTest {
  private static final List<String> WRONG =
      List.of("0", "-1", "", "1.5", "1e3", "x", "+1", "99999999999999999999", "\u0661");

  @ParameterizedTest
  @CsvSource({
    "policy test p.rego, --parallel",
    "policy bench 1+1, --count",
    "policy dry-run ID, --limit",
    "policy draft list, --limit",
    "policy draft show ID, --revision",
    "policy promote ID, --revision",
    "policy history, --limit",
    "audit query, --limit",
    "audit tail, --count",
    "approval list, --limit",
    "approval watch, --count",
    "token list, --limit",
    "token revoked, --limit"
  })
  void none_and_what_is_no_number_are_refused_before_anything_is_done(String words, String option) {
    for (String wrong : WRONG) {
      List<Object> all = new ArrayList<>(List.of(words.split(" ")));
      all.add(option + "=" + wrong);
      CommandRun ran = CommandRun.of(all.toArray());
      assertThat(ran.code()).as("%s", ran).isEqualTo(2);
      assertThat(ran.err())
          .contains("Invalid value for option '" + option + "'")
          .contains("\"" + wrong + "\" is not a whole number from 1 to ");
    }
  }
}
