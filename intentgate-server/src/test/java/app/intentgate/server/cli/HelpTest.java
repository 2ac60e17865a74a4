package app.intentgate.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** Help and wrong words, of every command that there is. */
class HelpTest {
  private static final Map<String, CommandLine> COMMANDS = new TreeMap<>();

  static {
    collect("", CommandLineMain.parser());
  }

  private static void collect(String words, CommandLine line) {
    COMMANDS.put(words, line);
    line.getSubcommands()
        .forEach((name, command) -> collect((words + " " + name).strip(), command));
  }

  static Stream<String> groups() {
    return COMMANDS.keySet().stream()
        .filter(words -> !COMMANDS.get(words).getSubcommands().isEmpty());
  }

  private static CommandRun run(String words, String... more) {
    List<String> all = new ArrayList<>(words.isEmpty() ? List.of() : List.of(words.split(" ")));
    all.addAll(List.of(more));
    return CommandRun.of(all.toArray());
  }

  @Test
  void every_command_says_what_it_is_for_and_what_each_of_its_options_does() {
    assertThat(COMMANDS).hasSizeGreaterThan(60);
    COMMANDS.forEach(
        (words, line) -> {
          assertThat(line.getCommandSpec().usageMessage().description()).as(words).isNotEmpty();
          assertThat(line.getCommandSpec().optionsMap()).as(words).containsKeys("-h", "--help");
          for (OptionSpec option : line.getCommandSpec().options()) {
            boolean told = option.hidden() || option.description().length > 0;
            assertThat(told).as("%s %s", words, option.longestName()).isTrue();
          }
        });
  }

  @Test
  void no_option_takes_a_secret_that_every_user_of_the_machine_would_see() {
    COMMANDS.forEach(
        (words, line) ->
            assertThat(line.getCommandSpec().optionsMap().keySet())
                .as(words)
                .noneMatch(name -> name.matches("--(.*-)?(token|password|secret|master-key)")));
  }

  @ParameterizedTest
  @MethodSource("groups")
  void help_goes_to_standard_output_and_is_no_failure(String words) {
    CommandRun help = run(words, "--help");
    assertThat(help.code()).isZero();
    assertThat(help.err()).isEmpty();
    assertThat(help.out()).contains("Usage: intentgate").doesNotContain("\u001b", "${");
    assertThat(help.out()).contains(COMMANDS.get(words).getSubcommands().keySet());
  }

  @ParameterizedTest
  @MethodSource("groups")
  void a_word_that_groups_commands_asks_for_one_and_shows_them(String words) {
    CommandRun alone = run(words);
    assertThat(alone.code()).isEqualTo(2);
    assertThat(alone.out()).isEmpty();
    assertThat(alone.err())
        .startsWith("which ")
        .contains(COMMANDS.get(words).getSubcommands().keySet());
    CommandRun unknown = run(words, "no-such-command");
    assertThat(unknown.code()).isEqualTo(2);
    assertThat(unknown.out()).isEmpty();
    assertThat(unknown.err()).contains("no-such-command");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "serve",
        "demo",
        "key generate",
        "doctor",
        "audit verify",
        "kill list",
        "policy template"
      })
  void an_option_that_is_not_there_is_named_on_standard_error(String words) {
    CommandRun wrong = run(words, "--no-such-option");
    assertThat(wrong.code()).isEqualTo(2);
    assertThat(wrong.out()).isEmpty();
    assertThat(wrong.err()).contains("--no-such-option").contains("Usage: intentgate");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "audit query --limit many",
        "audit tail --count 1.5",
        "audit query --from yesterday",
        "audit query --to 2026-01-02",
        "operator create --name x --role king",
        "operator create --name x --role viewer --expires-in soon",
        "audit export x --as xml",
        "kill list --format xml",
        "policy promote x --revision one",
        "train --seconds 0",
        "train --seconds 601",
        "train --seconds ten",
        "stdio",
        "connect"
      })
  void a_value_that_an_option_does_not_take_is_refused_before_anything_is_done(String words) {
    CommandRun wrong = run(words);
    assertThat(wrong.code()).isEqualTo(2);
    assertThat(wrong.out()).isEmpty();
    assertThat(wrong.err()).isNotBlank().contains("Usage: intentgate");
  }
}
