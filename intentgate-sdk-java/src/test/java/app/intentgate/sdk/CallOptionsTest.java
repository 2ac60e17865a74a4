package app.intentgate.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes along with a call, and in which headers. */
class CallOptionsTest {
  private static final String PLAIN = "X-Intent-Prompt";
  private static final String ENCODED = "X-Intent-Prompt-B64";

  /** The prompt as a gate reads it from the headers. */
  private static String received(Map<String, String> headers) {
    String encoded = headers.get(ENCODED);
    return encoded == null
        ? headers.get(PLAIN)
        : new String(Base64.getUrlDecoder().decode(encoded), StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void any_prompt_arrives_as_it_was_said_and_in_letters_every_proxy_passes_on(long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < 200; i++) {
      String prompt =
          random
              .ints(random.nextInt(12), 0, random.nextBoolean() ? 0x80 : 0x11_0000)
              .filter(c -> c < 0xd800 || c > 0xdfff)
              .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
              .toString();

      Map<String, String> headers = CallOptions.none().prompt(prompt).headers();

      assertThat(received(headers)).as("seed %s, prompt %s", seed, i).isEqualTo(prompt);
      assertThat(headers).hasSize(1);
      assertThat(headers.values())
          .allSatisfy(value -> assertThat(value).matches("[ -~]*").isEqualTo(value.strip()));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "pay invoice 7, X-Intent-Prompt",
    "'', X-Intent-Prompt",
    "' pay', X-Intent-Prompt-B64",
    "'pay ', X-Intent-Prompt-B64",
    "zahle für Åse, X-Intent-Prompt-B64",
  })
  void a_prompt_is_sent_plainly_only_where_nobody_trims_or_guesses(String prompt, String header) {
    assertThat(CallOptions.none().prompt(prompt).headers()).containsOnlyKeys(header);
  }

  @Test
  void every_option_has_a_header_of_its_own_but_user_and_time_out_which_stay_here() {
    CallOptions options =
        CallOptions.none()
            .prompt("p")
            .task("t")
            .user("u")
            .onBehalfOf("o.b.o")
            .resuming("p9")
            .timeout(Duration.ofSeconds(1));

    assertThat(options.headers())
        .isEqualTo(
            Map.of(
                PLAIN,
                "p",
                "X-Task-Id",
                "t",
                "X-IntentGate-OBO",
                "o.b.o",
                "X-IntentGate-Approval-Id",
                "p9"));
    assertThat(CallOptions.none().headers()).isEmpty();
  }

  @Test
  void each_method_changes_one_thing_and_null_takes_it_back() {
    MemoryChain memory = MemoryChain.of("j", "A".repeat(43));
    CallOptions all =
        CallOptions.none()
            .prompt("p")
            .task("t")
            .user("u")
            .onBehalfOf("o")
            .resuming("a")
            .memory(memory)
            .timeout(Duration.ofSeconds(1));
    List<UnaryOperator<CallOptions>> undo =
        List.of(
            o -> o.prompt(null),
            o -> o.task(null),
            o -> o.user(null),
            o -> o.onBehalfOf(null),
            o -> o.resuming(null),
            o -> o.memory(null),
            o -> o.timeout(null));

    CallOptions left = all;
    for (UnaryOperator<CallOptions> one : undo) {
      CallOptions less = one.apply(all);
      assertThat(less).isNotEqualTo(all);
      assertThat(one.apply(less)).isEqualTo(less);
      left = one.apply(left);
    }
    assertThat(left).isEqualTo(CallOptions.none());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a b",
        "a\r\nX-Evil: 1",
        "a\n",
        "\t",
        " ",
        "ü",
        "a\u007f",
        "a\u0000",
        "\ud83d\ude00"
      })
  void an_id_that_could_end_its_header_is_refused_without_being_repeated(String id) {
    for (UnaryOperator<CallOptions> set :
        List.<UnaryOperator<CallOptions>>of(
            o -> o.task(id), o -> o.onBehalfOf(id), o -> o.resuming(id))) {
      assertThatThrownBy(() -> set.apply(CallOptions.none()))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("printable ASCII")
          .hasMessageNotContaining("Evil");
    }
  }

  @Test
  void a_time_out_that_is_none_is_refused() {
    for (Duration none : List.of(Duration.ZERO, Duration.ofNanos(-1))) {
      assertThatThrownBy(() -> CallOptions.none().timeout(none))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining(none.toString());
    }
  }

  @Test
  void what_is_printed_holds_neither_words_nor_proofs() {
    String printed =
        CallOptions.none()
            .prompt("my-words")
            .onBehalfOf("my-proof")
            .user("alice")
            .task("t7")
            .toString();

    assertThat(printed).contains("alice", "t7").doesNotContain("my-words", "my-proof");
  }

  @Test
  void a_frameworks_context_gives_the_options_it_names_and_nothing_else() {
    MemoryChain memory = MemoryChain.of("j", "A".repeat(43));
    Map<String, Object> context = new HashMap<>();
    context.put(ContextKeys.USER, "alice");
    context.put(ContextKeys.PROMPT, "pay");
    context.put(ContextKeys.TASK, "t");
    context.put(ContextKeys.ON_BEHALF_OF, "o");
    context.put(ContextKeys.APPROVAL_ID, "p9");
    context.put(ContextKeys.MEMORY, memory);
    context.put("chatId", 7);

    assertThat(ContextKeys.options(context))
        .isEqualTo(
            CallOptions.none()
                .user("alice")
                .prompt("pay")
                .task("t")
                .onBehalfOf("o")
                .resuming("p9")
                .memory(memory));
    context.replaceAll((key, value) -> null);
    assertThat(ContextKeys.options(context)).isEqualTo(CallOptions.none());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        ContextKeys.USER,
        ContextKeys.PROMPT,
        ContextKeys.TASK,
        ContextKeys.ON_BEHALF_OF,
        ContextKeys.APPROVAL_ID,
        ContextKeys.MEMORY
      })
  void a_context_value_of_another_type_is_refused_by_its_key_and_never_left_out(String key) {
    assertThatThrownBy(() -> ContextKeys.options(Map.of(key, List.of("secret"))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(key)
        .hasMessageNotContaining("secret");
  }
}
