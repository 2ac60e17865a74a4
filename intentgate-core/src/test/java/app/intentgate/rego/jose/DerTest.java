package app.intentgate.rego.jose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DerTest {
  private static String oid(byte[] encoded) throws JoseException {
    return Der.of(encoded).next(Der.OID).oid();
  }

  @Test
  void object_identifiers_and_integers_are_read_as_they_were_written() throws Exception {
    Random random = new Random(32);
    for (int i = 0; i < 2_000; i++) {
      int first = random.nextInt(3);
      StringBuilder dotted = new StringBuilder().append(first).append('.');
      dotted.append(first == 2 ? random.nextInt(1 << 20) : random.nextInt(40));
      for (int n = random.nextInt(6); n > 0; n--) {
        dotted.append('.').append(random.nextLong() >>> 1 + random.nextInt(62));
      }
      assertThat(oid(Der.objectIdentifier(dotted.toString()))).isEqualTo(dotted.toString());
      BigInteger number = new BigInteger(random.nextInt(3_000), random);
      number = random.nextBoolean() ? number : number.negate();
      assertThat(Der.of(Der.integer(number)).next(Der.INTEGER).number()).isEqualTo(number);
    }
  }

  @ParameterizedTest
  @CsvSource({"060178, 2.40", "06028837, 2.999", "06012a, 1.2", "060127, 0.39", "06025505, 2.5.5"})
  void the_first_two_numbers_are_written_as_one(String hex, String dotted) throws Exception {
    assertThat(oid(HexFormat.of().parseHex(hex))).isEqualTo(dotted);
  }

  /** No number, a number that is cut off, and a number that takes too long to read. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 40, 5_000})
  void an_object_identifier_has_whole_numbers_of_some_length(int bytes) {
    byte[] digits = new byte[bytes];
    Arrays.fill(digits, (byte) 0xff);
    assertThatThrownBy(() -> oid(Der.element(Der.OID, digits)))
        .isInstanceOf(JoseException.class)
        .hasMessage("malformed DER");
    byte[] ended = Arrays.copyOf(digits, bytes + 1);
    if (bytes > 32) {
      assertThatThrownBy(() -> oid(Der.element(Der.OID, ended))).isInstanceOf(JoseException.class);
    }
  }

  @Test
  void integers_beyond_any_key_are_refused() {
    byte[] encoded = Der.integer(BigInteger.ONE.shiftLeft(80_000));
    assertThatThrownBy(() -> Der.of(encoded).next(Der.INTEGER).number())
        .isInstanceOf(JoseException.class);
  }
}
