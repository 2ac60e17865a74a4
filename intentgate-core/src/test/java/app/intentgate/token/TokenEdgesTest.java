package app.intentgate.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Where a rule of tokens begins and ends: the last value that is fine, and the first that is not.
 */
class TokenEdgesTest {
  private static String obo(String claims) {
    byte[] payload = claims.getBytes(StandardCharsets.UTF_8);
    byte[] key = "secret".getBytes(StandardCharsets.UTF_8);
    Base64.Encoder base64 = Base64.getUrlEncoder().withoutPadding();
    return base64.encodeToString(payload) + "." + base64.encodeToString(Hmac.of(key, payload));
  }

  @Test
  void an_on_behalf_of_token_counts_until_the_second_it_ends_in() {
    OnBehalfOf verifier = OnBehalfOf.withKey("secret");
    String text = obo("{\"sub\":\"bot\",\"act\":\"maria\",\"iat\":null,\"exp\":1000}");
    assertThat(verifier.verify(text, Instant.ofEpochMilli(999_999)).user()).isEqualTo("maria");
    assertThatThrownBy(() -> verifier.verify(text, Instant.ofEpochSecond(1000)))
        .hasMessage("obo: token expired");
    assertThatThrownBy(() -> verifier.verify(obo("{\"sub\":\"bot\",\"exp\":null}"), Instant.EPOCH))
        .hasMessage("obo: token missing expiry");
  }

  @Test
  void an_on_behalf_of_token_is_looked_at_up_to_its_greatest_length() {
    OnBehalfOf verifier = OnBehalfOf.withKey("secret");
    String claims = "{\"sub\":\"bot\",\"exp\":1000,\"attrs\":{\"a\":\"%s\"}}";
    // Four characters for each three bytes, a dot, and 43 for the signature.
    int bytes = (OnBehalfOf.MAX_LENGTH - 44) / 4 * 3;
    String longest = obo(claims.formatted("x".repeat(bytes - claims.length() + 2)));
    assertThat(longest).hasSizeLessThanOrEqualTo(OnBehalfOf.MAX_LENGTH);
    assertThat(verifier.verify(longest, Instant.EPOCH).agent()).isEqualTo("bot");
    String longer = obo(claims.formatted("x".repeat(bytes - claims.length() + 6)));
    assertThatThrownBy(() -> verifier.verify(longer, Instant.EPOCH))
        .hasMessageContaining("malformed token");
  }

  @Test
  void a_grant_takes_the_shortest_and_the_longest_life_and_the_least_and_most_calls() {
    assertThat(Tokens.mint(Grant.to("bot").expiresIn(Duration.ofSeconds(1)))).isNotNull();
    assertThat(Tokens.mint(Grant.to("bot").expiresIn(Grant.MAX_LIFE))).isNotNull();
    assertThatThrownBy(() -> Grant.to("bot").expiresIn(Grant.MAX_LIFE.plusNanos(1)))
        .hasMessageContaining("ttl_seconds must be from 1 to");
    assertThatThrownBy(() -> Grant.to("bot").expiresIn(Duration.ofMillis(999)))
        .hasMessageContaining("ttl_seconds must be from 1 to");
    for (long calls : new long[] {0, 1, Grant.MAX_LIMIT}) {
      Limit limit = Tokens.verify(Tokens.mint(Grant.to("bot").maxCalls(calls))).limits().get(0);
      assertThat(((Limit.Calls) limit).calls()).isEqualTo(calls);
    }
    assertThatThrownBy(() -> Grant.to("bot").maxCalls(Grant.MAX_LIMIT + 1))
        .hasMessageContaining("must be from 0 to");
    assertThatThrownBy(() -> Grant.to("bot").maxCalls(-1)).hasMessageContaining("from 0 to");
  }

  @Test
  void a_grant_without_tenant_or_zone_is_for_the_default_ones() {
    CapabilityToken token = Tokens.mint(Grant.to("bot").tenant("").zone(""));
    assertThat(token.tenant()).isEqualTo("default");
    assertThat(token.zone()).isEqualTo("default");
    CapabilityToken named = Tokens.mint(Grant.to("bot").tenant("acme").zone("finance"));
    assertThat(named.tenant()).isEqualTo("acme");
    assertThat(named.zone()).isEqualTo("finance");
  }

  @Test
  void limits_say_what_was_granted() {
    CapabilityToken token = Tokens.mint(Grant.to("bot").maxCalls(7).maxCents(90));
    List<Long> said = new ArrayList<>();
    for (Caveat caveat : token.caveats()) {
      if (caveat instanceof Caveat.MaxCalls calls) {
        said.add(calls.calls());
      } else if (caveat instanceof Caveat.MaxCost cost) {
        said.add(cost.cents());
      }
    }
    assertThat(said).containsExactlyInAnyOrder(7L, 90L);
  }

  @Test
  void a_ring_holds_sixteen_keys_and_is_equal_to_one_of_the_same() {
    List<MasterKey> keys = new ArrayList<>();
    for (int i = 0; i < KeyRing.MAX_KEYS; i++) {
      keys.add(MasterKey.generate(new SecureRandom()));
    }
    KeyRing ring = KeyRing.of(keys);
    assertThat(ring.keys()).hasSize(16);
    assertThat(ring).isEqualTo(KeyRing.of(keys)).hasSameHashCodeAs(KeyRing.of(keys));
    assertThat(ring).isNotEqualTo(KeyRing.of(keys.get(0))).isNotEqualTo("a ring");
    keys.add(MasterKey.generate(new SecureRandom()));
    assertThatThrownBy(() -> KeyRing.of(keys)).hasMessage("at most 16 master keys, not 17");
  }

  @Test
  void only_a_proof_of_intent_is_signed_as_one() {
    MasterKey key = Tokens.KEYS.newest();
    byte[] token = "{\"v\":4}".getBytes(StandardCharsets.UTF_8);
    assertThatThrownBy(() -> key.proofSignature(token))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("poi-1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"[", "[^", "[a", "[a-", "[^a-b", "[\\", "[a-\\", "[]", "[-a]"})
  void a_pattern_that_ends_too_early_is_malformed_and_matches_its_own_text_only(String text) {
    ToolPattern pattern = ToolPattern.of(text);
    assertThat(pattern.isMalformed()).isTrue();
    assertThat(pattern.matches("a")).isFalse();
    assertThat(pattern.matches(text)).isTrue();
  }

  @Test
  void a_pattern_is_its_text() {
    assertThat(ToolPattern.of("read_*")).isEqualTo(ToolPattern.of("read_*"));
    assertThat(ToolPattern.of("read_*")).hasSameHashCodeAs(ToolPattern.of("read_*"));
    assertThat(ToolPattern.of("read_*")).isNotEqualTo(ToolPattern.of("read_?"));
    assertThat(ToolPattern.of("read_*")).hasToString("read_*");
  }

  private static VerifiedToken token(int caveats) {
    Grant grant = Grant.to("bot");
    for (int i = 0; i < caveats; i++) {
      grant = grant.caveat(new Caveat.MaxCalls(i));
    }
    return Tokens.verify(Tokens.mint(grant));
  }

  @Test
  void a_cache_counts_more_for_longer_tokens_and_those_of_more_caveats() {
    long[] bytes = new long[3];
    for (int i = 0; i < 3; i++) {
      VerifiedTokenCache cache = new VerifiedTokenCache(10, 1 << 20);
      cache.put("x".repeat(i == 1 ? 2_000 : 1_000), token(i == 2 ? 5 : 1));
      assertThat(cache.size()).isEqualTo(1);
      bytes[i] = cache.bytes();
    }
    assertThat(bytes[0]).as("at least its text").isGreaterThan(2 * 1_000);
    assertThat(bytes[1]).isGreaterThan(bytes[0]);
    assertThat(bytes[2]).isGreaterThan(bytes[0]);
  }

  private static long bytesInCache(Caveat caveat) {
    VerifiedTokenCache cache = new VerifiedTokenCache(10, 1 << 30);
    CapabilityToken token = Tokens.mint(Grant.to("bot")).attenuate(caveat);
    cache.put(token.encode(), Tokens.verify(token));
    return cache.bytes();
  }

  /** An object takes 16 bytes and more, a reference four: that is what lists of tokens hold. */
  @Test
  void a_cache_counts_what_the_items_of_a_token_take_however_short_they_are() {
    int many = 5_000;
    int text = 16 + 8 + 16 + 8;
    List<String> names = Collections.nCopies(many, "a");
    assertThat(bytesInCache(new Caveat.McpAllow(names))).isGreaterThan(many * (text + 4L));
    assertThat(bytesInCache(new Caveat.CalleeAllow(names, List.of())))
        .isGreaterThan(many * (text + 4L));
    assertThat(bytesInCache(new Caveat.ToolAllow(names))).isGreaterThan(many * (text + 24 + 4L));
    int compiled = 24 + 24 + 24;
    assertThat(bytesInCache(new Caveat.ToolDeny(Collections.nCopies(many, "*"))))
        .isGreaterThan(many * (text + 24 + 4L + compiled));
    int characterClass = 24 + 24 + 4 + 3 * 4;
    assertThat(bytesInCache(new Caveat.ToolAllow(List.of("[a]".repeat(many)))))
        .isGreaterThan(many * (long) characterClass);
  }

  @Test
  void a_cache_holds_half_of_its_tokens_before_it_forgets_any_and_keeps_those_in_use() {
    VerifiedTokenCache cache = new VerifiedTokenCache(10, 1 << 20);
    VerifiedToken token = token(1);
    for (int i = 0; i < 5; i++) {
      cache.put("early " + i, token);
    }
    for (int i = 0; i < 5; i++) {
      assertThat(cache.get("early " + i)).isSameAs(token);
    }
    for (int i = 0; i < 50; i++) {
      cache.put("later " + i, token);
      assertThat(cache.get("early 0")).as("in use").isSameAs(token);
      assertThat(cache.size()).isBetween(1, 10);
    }
    assertThat(cache.get("early 1")).as("not in use").isNull();
  }

  @Test
  void a_cache_forgets_by_weight_and_never_holds_what_is_too_heavy_for_it() {
    VerifiedTokenCache cache = new VerifiedTokenCache(1_000, 40_000);
    VerifiedToken token = token(1);
    for (int i = 0; i < 100; i++) {
      cache.put(i + "x".repeat(1_000), token);
      assertThat(cache.bytes()).isBetween(1L, 40_000L);
    }
    assertThat(cache.size()).as("some of them").isBetween(3, 10);
    String heavy = "x".repeat(10_000);
    cache.put(heavy, token);
    assertThat(cache.get(heavy)).isNull();
  }

  @Test
  void a_pool_lends_what_was_given_back_to_one_at_a_time_and_keeps_sixteen() {
    AtomicInteger made = new AtomicInteger();
    Pool<Object> pool =
        new Pool<>(
            () -> {
              made.incrementAndGet();
              return new Object();
            });
    Object first = pool.take();
    pool.give(first);
    assertThat(pool.take()).isSameAs(first);
    for (int i = 0; i < 20; i++) {
      pool.give(new Object());
    }
    made.set(0);
    Map<Object, Boolean> lent = new IdentityHashMap<>();
    for (int i = 0; i < 20; i++) {
      lent.put(pool.take(), true);
    }
    assertThat(lent).as("none twice").hasSize(20);
    assertThat(made).hasValue(4);
  }
}
