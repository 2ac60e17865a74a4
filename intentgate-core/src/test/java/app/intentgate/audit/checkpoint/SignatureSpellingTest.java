package app.intentgate.audit.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import org.junit.jupiter.api.Test;

/** A signature has one spelling: whoever changes it has a text that nobody signed. */
class SignatureSpellingTest {
  private static final byte[] TEXT = "a chain stood here".getBytes(StandardCharsets.UTF_8);

  private final CheckpointKey key = CheckpointKey.generate(Instant.EPOCH);
  private final byte[] signature = key.sign(TEXT);

  private boolean verifies(byte[] bytes) {
    return key.publicHalf().verifies(TEXT, Base64.getEncoder().encodeToString(bytes));
  }

  @Test
  void it_has_sixty_four_bytes_and_none_before_or_behind_them() {
    assertThat(verifies(signature)).isTrue();
    for (int length : new int[] {0, 1, 32, 63, 65, 66, 128}) {
      assertThat(verifies(Arrays.copyOf(signature, length))).as("%d bytes", length).isFalse();
    }
    byte[] shifted = new byte[65];
    System.arraycopy(signature, 0, shifted, 1, 64);
    assertThat(verifies(shifted)).isFalse();
  }

  @Test
  void every_bit_of_it_counts() {
    for (int bit = 0; bit < signature.length * 8; bit++) {
      byte[] changed = signature.clone();
      changed[bit / 8] ^= (byte) (1 << bit % 8);
      assertThat(verifies(changed)).as("bit %d", bit).isFalse();
    }
  }

  @Test
  void what_is_no_base64_is_no_signature_and_no_failure() {
    String text = Base64.getEncoder().encodeToString(signature);

    assertThat(key.publicHalf().verifies(TEXT, text)).isTrue();
    for (String bad : new String[] {"", "=", text + "=", text + "\n", "-" + text, "é" + text}) {
      assertThat(key.publicHalf().verifies(TEXT, bad)).as("<%s>", bad).isFalse();
    }
  }

  @Test
  void another_keys_signature_is_none() {
    CheckpointKey other = CheckpointKey.generate(Instant.EPOCH);

    String signed = Base64.getEncoder().encodeToString(other.sign(TEXT));

    assertThat(key.publicHalf().verifies(TEXT, signed)).isFalse();
    assertThat(other.publicHalf().verifies(TEXT, signed)).isTrue();
  }
}
