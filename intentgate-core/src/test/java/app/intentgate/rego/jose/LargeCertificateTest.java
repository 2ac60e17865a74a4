package app.intentgate.rego.jose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.intentgate.rego.x509.MadeCertificates;
import java.math.BigInteger;
import org.junit.jupiter.api.Test;

/** A certificate is read in one go, which no deadline can end: so its size is bounded (B22). */
class LargeCertificateTest {
  private static final int MOST = 128 << 10;

  /** A certificate of so many bytes; how long its signature is differs from one to the next. */
  private static byte[] ofSize(int bytes) {
    int padding = 1 << 16;
    while (true) {
      byte[] certificate = padded(padding);
      if (certificate.length == bytes) {
        return certificate;
      }
      padding += bytes - certificate.length;
    }
  }

  private static byte[] padded(int bytes) {
    return MadeCertificates.der(
        MadeCertificates.name("root"),
        MadeCertificates.name("leaf"),
        BigInteger.ONE,
        MadeCertificates.key(),
        MadeCertificates.extension("1.3.6.1.4.1.99999.1", new byte[bytes]));
  }

  @Test
  void oneOfThatSizeIsReadAndOneWithAByteMoreIsNot() throws Exception {
    assertThat(PublicKeys.certificate(ofSize(MOST)).getSerialNumber()).isEqualTo(BigInteger.ONE);

    assertThatThrownBy(() -> PublicKeys.certificate(ofSize(MOST + 1)))
        .isInstanceOf(JoseException.class)
        .hasMessage("x509: certificate too large");
  }
}
