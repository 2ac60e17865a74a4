package app.intentgate.server.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedisAddressTest {
  @ParameterizedTest
  @CsvSource({
    "redis://cache, redis://cache:6379/0",
    "redis://cache:6380/3, redis://cache:6380/3",
    "REDISS://:pw@cache.internal/, rediss://cache.internal:6379/0",
    "redis://user:pw@[::1]:1, redis://[::1]:1/0",
    "redis://:pw@cache, redis://cache:6379/0"
  })
  void is_shown_without_who_signs_in(String text, String shown) {
    assertThat(RedisAddress.parse(text)).hasToString(shown);
  }

  @Test
  void user_and_password_are_unescaped() {
    RedisAddress address = RedisAddress.parse("rediss://a%40b:p%3Aq+%2Fr@h");
    assertThat(address.user()).isEqualTo("a@b");
    assertThat(address.password()).isEqualTo("p:q+/r");
    assertThat(address.tls()).isTrue();
    assertThat(RedisAddress.parse("redis://h").password()).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "cache:6379",
        "http://s3cret@cache",
        "redis://",
        "redis://cache:0",
        "redis://cache:70000",
        "redis://x/y",
        "redis://x/-1",
        "redis://x/99999",
        "redis://s3cret@cache",
        "redis://:s3cret@cache?verifyPeer=NONE",
        "redis://:s3cret@cache#x",
        "redis://:s3cret with space@cache"
      })
  void anything_else_is_none_and_is_not_repeated(String text) {
    assertThatThrownBy(() -> RedisAddress.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining("s3cret")
        .hasNoCause();
  }
}
