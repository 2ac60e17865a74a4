package app.intentgate.rego.jose;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which blocks of PEM are found; the answers are those of Go's {@code pem.Decode}. */
class PemTest {
  /**
   * In the texts, {@code /} is a line break, {@code <X} begins a block of a type, {@code >X} ends
   * it.
   */
  private static String text(String shape) {
    return shape
        .replaceAll("<([A-Z]*)", "-----BEGIN $1-----")
        .replaceAll(">([A-Z]*)", "-----END $1-----")
        .replace('/', '\n');
  }

  @ParameterizedTest
  @CsvSource({
    "<A/eA==/>A/, A=x",
    "<A/eA==/>A, A=x",
    "<A/eA==/>A  /, A=x",
    "<A/>A, A=",
    "<A/ e A= = />A, A=x",
    "<A/K: v/L: w//eA==/>A/, A=x",
    "<A/eA==/K: v/>A/, ''",
    "before/<A/eA==/>A/after, A=x",
    "before<A/eA==/>A/, ''",
    "<A/eA==/>B/, ''",
    "<A/eA==/>A x/, ''",
    "<A/eA/>A/, ''",
    "<A/e===/>A/, ''",
    "<A/eA==>A/, ''",
    "<A/<B/eA==/>B/>A/, B=x",
    "<A/!!!!/>A/<B/eA==/>B/, B=x",
    "<A/eA==/>A/<B/eQ==/>B/, A=x B=y",
    "<A/eA==/>A/>A/<B/eQ==/>B/, A=x B=y",
    ">A/<A/, ''",
    "-----BEGIN A/eA==/>A/, ''"
  })
  void a_block_ends_at_the_first_end_and_begins_at_the_last_begin_before(
      String shape, String blocks) {
    String found =
        Pem.all(text(shape)).stream()
            .map(p -> p.type() + "=" + new String(p.bytes(), US_ASCII))
            .collect(Collectors.joining(" "));
    assertThat(found).isEqualTo(blocks);
  }

  @Test
  void what_follows_a_block_starts_on_the_line_behind_it() {
    String text = text("x/<A/eA==/>A \r/rest");
    Pem block = Objects.requireNonNull(Pem.first(text));
    assertThat(text.substring(block.end())).isEqualTo("rest");
    assertThat(Objects.requireNonNull(Pem.first(text("<A/>A"))).end())
        .isEqualTo(text("<A/>A").length());
  }

  @Test
  void whatever_is_written_in_lines_is_read_back() {
    Random random = new Random(31);
    StringBuilder text = new StringBuilder();
    List<byte[]> written = new java.util.ArrayList<>();
    for (int i = 0; i < 300; i++) {
      byte[] bytes = new byte[random.nextInt(200)];
      random.nextBytes(bytes);
      written.add(bytes);
      text.append(random.nextBoolean() ? "some words\n" : "")
          .append("-----BEGIN T")
          .append(i)
          .append("-----\n")
          .append(Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes))
          .append(random.nextBoolean() ? "\r\n" : "\n")
          .append("-----END T")
          .append(i)
          .append("-----\n");
    }
    List<Pem> read = Pem.all(text.toString());
    assertThat(read).hasSameSizeAs(written);
    for (int i = 0; i < read.size(); i++) {
      assertThat(read.get(i).type()).isEqualTo("T" + i);
      assertThat(read.get(i).bytes()).isEqualTo(written.get(i));
    }
  }
}
