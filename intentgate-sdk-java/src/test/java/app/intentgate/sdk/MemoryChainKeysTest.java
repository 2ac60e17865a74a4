package app.intentgate.sdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.intentgate.json.JsonArray;
import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonReader;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Chains of memory beyond the golden ones: odd keys, odd contents, chains that part. */
class MemoryChainKeysTest {
  private static final String KEY = "AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE";

  private static JsonArray entries(MemoryChain chain) {
    byte[] json = Base64.getUrlDecoder().decode(chain.header());
    return (JsonArray) JsonReader.parse(json);
  }

  private static String member(MemoryChain chain, int entry, String name) {
    return ((JsonObject) entries(chain).get(entry)).get(name).asText();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "c2VjcmV0",
        "AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEB",
        "AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQ",
        "+QEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE",
        " AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE",
        "no base64 at all, and nobody is to read it!"
      })
  void a_key_that_is_none_is_refused_without_being_shown(String key) {
    assertThatThrownBy(() -> MemoryChain.of("j1", key))
        .isInstanceOf(IllegalArgumentException.class)
        .satisfies(
            e -> {
              if (key.length() > 3) {
                assertThat(e.getMessage()).doesNotContain(key.substring(2));
              }
            });
  }

  @Test
  void a_key_may_be_padded() {
    assertThat(MemoryChain.of("j1", KEY + "=").add("a", 1, "x").header())
        .isEqualTo(MemoryChain.of("j1", KEY).add("a", 1, "x").header());
  }

  @Test
  void adding_leaves_the_shorter_chain_as_it_was_and_two_ways_on_share_their_past() {
    MemoryChain one = MemoryChain.of("j1", KEY).add("a", 1, "x");
    String before = one.header();
    MemoryChain left = one.add("b", 2, "left");
    MemoryChain right = one.add("b", 2, "right");

    assertThat(one.header()).isEqualTo(before);
    assertThat(one.size()).isEqualTo(1);
    assertThat(member(left, 1, "prev_hash")).isEqualTo(member(right, 1, "prev_hash"));
    assertThat(member(left, 1, "hmac")).isNotEqualTo(member(right, 1, "hmac"));
    assertThat(entries(left).get(0)).isEqualTo(entries(right).get(0));
  }

  @Test
  void what_was_remembered_is_copied_when_it_is_added() {
    byte[] data = {1, 2, 3};
    MemoryChain chain = MemoryChain.of("j1", KEY).add("a", 1, data);
    String before = chain.header();

    data[0] = 9;

    assertThat(chain.header()).isEqualTo(before);
    assertThat(Base64.getUrlDecoder().decode(member(chain, 0, "data"))).containsExactly(1, 2, 3);
  }

  @Test
  void every_part_of_an_entry_is_signed() {
    List<MemoryChain> chains =
        List.of(
            MemoryChain.of("j1", KEY).add("a", 1, "x"),
            MemoryChain.of("j2", KEY).add("a", 1, "x"),
            MemoryChain.of("j1", KEY).add("b", 1, "x"),
            MemoryChain.of("j1", KEY).add("a", 2, "x"),
            MemoryChain.of("j1", KEY).add("a", 1, "y"),
            MemoryChain.of("j1", "B" + KEY.substring(1)).add("a", 1, "x"),
            // Moved over the border between two parts.
            MemoryChain.of("j", KEY).add("1a", 1, "x"),
            MemoryChain.of("j1a", KEY).add("", 1, "x"));

    Set<String> signatures = new HashSet<>();
    chains.forEach(chain -> signatures.add(member(chain, 0, "hmac")));

    assertThat(signatures).hasSize(chains.size());
  }

  @ParameterizedTest
  @ValueSource(longs = {21, 22, 23})
  void each_entry_names_the_hash_of_the_one_before_it(long seed) throws Exception {
    Random random = new Random(seed);
    MemoryChain chain = MemoryChain.of("jti-" + seed, KEY);
    byte[] hash = new byte[32];
    for (int i = 0; i < 20; i++) {
      byte[] data = new byte[random.nextInt(40)];
      random.nextBytes(data);
      String id = "ü" + random.nextInt();
      long at = random.nextLong();
      chain = chain.add(id, at, data);

      assertThat(Base64.getUrlDecoder().decode(member(chain, i, "prev_hash"))).isEqualTo(hash);
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      for (byte[] part : List.of(("jti-" + seed).getBytes(StandardCharsets.UTF_8), id(id))) {
        sha.update(number(part.length, 4));
        sha.update(part);
      }
      sha.update(number(at, 8));
      for (byte[] part : List.of(hash, data)) {
        sha.update(number(part.length, 4));
        sha.update(part);
      }
      hash = sha.digest();
    }
    assertThat(chain.size()).isEqualTo(20);
    assertThat(entries(chain).size()).isEqualTo(20);
  }

  private static byte[] id(String id) {
    return id.getBytes(StandardCharsets.UTF_8);
  }

  /** A number in so many bytes, the highest first. */
  private static byte[] number(long value, int bytes) {
    byte[] out = new byte[bytes];
    for (int i = 0; i < bytes; i++) {
      out[i] = (byte) (value >> 8 * (bytes - 1 - i));
    }
    return out;
  }

  @Test
  void many_threads_may_go_on_from_one_chain() {
    MemoryChain start = MemoryChain.of("j1", KEY).add("a", 1, "x");
    List<String> alone =
        IntStream.range(0, 200).mapToObj(i -> start.add("n" + i, i, "t" + i).header()).toList();

    List<String> together =
        IntStream.range(0, 200)
            .parallel()
            .mapToObj(i -> start.add("n" + i, i, "t" + i).header())
            .toList();

    assertThat(together).isEqualTo(alone);
  }
}
