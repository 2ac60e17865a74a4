package app.intentgate.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

class SecretsTest {
  @Test
  void keysDoNotPrint() {
    KeyRing ring = KeyRing.generate().withNewest(MasterKey.generate(new SecureRandom()));
    for (MasterKey key : ring.keys()) {
      assertThat(MasterKey.parse(key.exposeText())).isEqualTo(key).hasSameHashCodeAs(key);
      assertThat(key.toString()).doesNotContain(key.exposeText()).contains(key.id());
      assertThat(ring.toString()).doesNotContain(key.exposeText()).contains(key.id());
      assertThat(key.exposeText()).doesNotContain(key.id());
    }
    assertThat(ring.keys()).hasSize(2).doesNotHaveDuplicates();
    assertThat(OnBehalfOf.withKey("a secret").toString()).doesNotContain("a secret");
  }

  @Test
  void aRingIsReadFromCommasAndLinesNewestFirst() {
    List<MasterKey> keys = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      keys.add(MasterKey.generate(new SecureRandom()));
    }
    String a = keys.get(0).exposeText();
    String b = keys.get(1).exposeText();
    String c = keys.get(2).exposeText();
    assertThat(KeyRing.parse(a + "," + b + "," + c).keys()).isEqualTo(keys);
    assertThat(KeyRing.parse(a + "\r\n" + b + "\n\n" + c + "\n").keys()).isEqualTo(keys);
    assertThat(KeyRing.parse(a + "," + a).keys()).hasSize(1);
    assertThatThrownBy(() -> KeyRing.parse(a + ",short"))
        .isInstanceOf(TokenException.class)
        .hasMessage("key 2 of 2: master key is not valid base64");
    for (String none : new String[] {"", "\n", ","}) {
      assertThatThrownBy(() -> KeyRing.parse(none)).hasMessage("master key is empty");
    }
    String[] many = new String[KeyRing.MAX_KEYS + 1];
    Arrays.setAll(many, i -> MasterKey.generate(new SecureRandom()).exposeText());
    assertThatThrownBy(() -> KeyRing.parse(String.join(",", many)))
        .isInstanceOf(TokenException.class);
  }

  @Test
  void derivedKeysDifferByPurpose() {
    MasterKey key = Tokens.KEYS.newest();
    assertThat(key.derive("a")).hasSize(32).isNotEqualTo(key.derive("b"));
    assertThat(key.memorySessionKey("a")).isNotEqualTo(key.memorySessionKey("b"));
  }

  @Test
  void base64HasOneSpelling() {
    Random random = new Random(21);
    for (int i = 0; i < 2_000; i++) {
      byte[] bytes = new byte[random.nextInt(40)];
      random.nextBytes(bytes);
      String text = Base64Url.encode(bytes);
      assertThat(Base64Url.decode(text)).isEqualTo(bytes);
      if (!text.isEmpty()) {
        char[] other = text.toCharArray();
        other[random.nextInt(other.length)] = (char) random.nextInt(300);
        byte[] decoded = Base64Url.decode(new String(other));
        assertThat(decoded == null || Base64Url.encode(decoded).equals(new String(other))).isTrue();
      }
      assertThat(Base64Url.decode(text + "=")).isNull();
      assertThat(Base64Url.decode(text + "\n")).isNull();
    }
  }

  @Test
  void codesAreThoseOfTheJdkAlsoWhenThreadsShareInstances() throws Exception {
    List<Thread> threads = new ArrayList<>();
    List<Throwable> failures = java.util.Collections.synchronizedList(new ArrayList<>());
    for (int t = 0; t < 8; t++) {
      Random random = new Random(t);
      Thread thread = new Thread(() -> compare(random));
      thread.setUncaughtExceptionHandler((x, e) -> failures.add(e));
      threads.add(thread);
      thread.start();
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(failures).isEmpty();
  }

  private static void compare(Random random) {
    try {
      for (int i = 0; i < 500; i++) {
        byte[] key = new byte[1 + random.nextInt(100)];
        byte[] message = new byte[random.nextInt(200)];
        random.nextBytes(key);
        random.nextBytes(message);
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        assertThat(Hmac.of(key, message)).isEqualTo(mac.doFinal(message));
      }
    } catch (java.security.GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }
}
