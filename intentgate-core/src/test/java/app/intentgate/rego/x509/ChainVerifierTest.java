package app.intentgate.rego.x509;

import static app.intentgate.rego.x509.MadeCertificates.AUTHORITY;
import static app.intentgate.rego.x509.MadeCertificates.extension;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.intentgate.rego.jose.Der;
import app.intentgate.rego.jose.JoseException;
import app.intentgate.rego.jose.Pem;
import app.intentgate.rego.jose.PublicKeys;
import java.io.ByteArrayOutputStream;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChainVerifierTest {
  private static final String NAMES = "2.5.29.17";
  private static final String CONSTRAINTS = "2.5.29.30";
  private static final String POLICIES = "2.5.29.32";
  private static final Instant NOW = Instant.parse("2026-06-01T00:00:00Z");

  private static final class Stop extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  private static List<X509Certificate> verify(String pem, String host) throws JoseException {
    ChainOptions options = ChainOptions.at(NOW);
    return ChainVerifier.verify(
        read(pem), new ChainOptions(host, NOW, options.keyUsages()), steps -> {});
  }

  private static List<X509Certificate> read(String pem) throws JoseException {
    ByteArrayOutputStream der = new ByteArrayOutputStream();
    Pem.all(pem).forEach(p -> der.writeBytes(p.bytes()));
    return CertificateView.all(der.toByteArray(), steps -> {});
  }

  private static String root() {
    return MadeCertificates.of("root", "root", 1, AUTHORITY);
  }

  /** Authorities c1, c2, ... each issued by the one before, and the first by the root. */
  private static List<String> authorities(int count) {
    List<String> authorities = new ArrayList<>();
    for (int i = 1; i <= count; i++) {
      String issuer = i == 1 ? "root" : "c" + (i - 1);
      authorities.add(MadeCertificates.of("c" + i, issuer, 1 + i, AUTHORITY));
    }
    return authorities;
  }

  @ParameterizedTest
  @CsvSource({"0, true", "1, true", "4, true", "9, true", "10, false", "60, false"})
  void a_chain_is_found_whatever_the_order_up_to_a_length(int between, boolean found)
      throws Exception {
    String leaf = MadeCertificates.of("leaf", between == 0 ? "root" : "c" + between, 900);
    List<String> authorities = authorities(between);
    Collections.shuffle(authorities, new Random(between));
    List<X509Certificate> chain = verify(root() + String.join("", authorities) + leaf, "");
    assertThat(chain).hasSize(found ? between + 2 : 0);
  }

  @Test
  void others_of_the_same_name_do_not_hide_the_one_that_signed() throws Exception {
    StringBuilder others = new StringBuilder();
    for (int i = 0; i < 5; i++) {
      others.append(
          MadeCertificates.pem(
              MadeCertificates.der(
                  MadeCertificates.name("c1"),
                  MadeCertificates.name("root"),
                  java.math.BigInteger.valueOf(i),
                  MadeCertificates.anotherKey(),
                  AUTHORITY)));
    }
    String leaf = MadeCertificates.of("leaf", "c1", 900);
    assertThat(verify(root() + others + authorities(1).get(0) + leaf, "")).hasSize(3);
    assertThat(verify(root() + others + leaf, "")).isEmpty();
  }

  private static byte[] sequence(int count, IntFunction<byte[]> part) {
    return Der.element(
        Der.SEQUENCE, IntStream.range(0, count).mapToObj(part).toArray(byte[][]::new));
  }

  private static byte[] dnsName(String name) {
    return Der.element(0x82, name.getBytes(US_ASCII));
  }

  private static byte[] excluded(int count) {
    byte[][] trees =
        IntStream.range(0, count)
            .mapToObj(i -> Der.element(Der.SEQUENCE, dnsName("x" + i + ".net")))
            .toArray(byte[][]::new);
    return extension(CONSTRAINTS, Der.element(Der.SEQUENCE, Der.element(0xa1, trees)));
  }

  @ParameterizedTest
  @CsvSource({
    "1, 250, true",
    "90, 250, true",
    "1, 251, false",
    "110, 250, false",
    "9000, 0, true",
    "9000, 2, true",
    "9000, 3, false"
  })
  void names_and_constraints_on_them_are_bounded(int names, int constraints, boolean verified)
      throws Exception {
    byte[] hosts = sequence(names, i -> dnsName("h" + i + ".com"));
    byte[][] authority =
        constraints == 0
            ? new byte[][] {AUTHORITY}
            : new byte[][] {AUTHORITY, excluded(constraints)};
    String chain =
        root()
            + MadeCertificates.of("c1", "root", 2, authority)
            + MadeCertificates.of("leaf", "c1", 3, extension(NAMES, hosts));
    assertThat(verify(chain, "h0.com")).hasSize(verified ? 3 : 0);
  }

  @Test
  void an_excluded_name_is_refused() throws Exception {
    byte[] hosts = sequence(1, i -> dnsName("www.x0.net"));
    String leaf = MadeCertificates.of("leaf", "c1", 3, extension(NAMES, hosts));
    String plain = MadeCertificates.of("c1", "root", 2, AUTHORITY);
    assertThat(verify(root() + plain + leaf, "www.x0.net")).hasSize(3);
    String limited = MadeCertificates.of("c1", "root", 2, AUTHORITY, excluded(1));
    assertThat(verify(root() + limited + leaf, "www.x0.net")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"1, true", "100, true", "101, false"})
  void policies_are_bounded(int count, boolean verified) throws Exception {
    byte[] policies =
        extension(
            POLICIES,
            sequence(count, i -> Der.element(Der.SEQUENCE, Der.objectIdentifier("1.2.3." + i))));
    String chain =
        root()
            + MadeCertificates.of("c1", "root", 2, AUTHORITY, policies)
            + MadeCertificates.of("leaf", "c1", 3, policies);
    assertThat(verify(chain, "")).hasSize(verified ? 3 : 0);
  }

  /** The sign for kelvin is a small k to Unicode, and no letter of a host to anybody. */
  @Test
  void hosts_have_the_letters_of_ascii() throws Exception {
    byte[] hosts = sequence(1, i -> dnsName("kernel.org"));
    String chain = root() + MadeCertificates.of("leaf", "root", 3, extension(NAMES, hosts));
    assertThat(verify(chain, "KERNEL.org.")).hasSize(2);
    assertThat(verify(chain, "\u212aernel.org")).isEmpty();
  }

  @Test
  void the_search_can_be_ended_from_outside() throws Exception {
    List<X509Certificate> given =
        read(root() + String.join("", authorities(3)) + MadeCertificates.of("leaf", "c3", 900));
    for (int allowed = 0; allowed < 4; allowed++) {
      int[] left = {allowed};
      assertThatThrownBy(
              () ->
                  ChainVerifier.verify(
                      given,
                      ChainOptions.at(NOW),
                      steps -> {
                        if (left[0]-- == 0) {
                          throw new Stop();
                        }
                      }))
          .isInstanceOf(Stop.class);
    }
  }

  @Test
  void a_serial_number_too_long_to_write_is_refused() throws Exception {
    byte[] name = MadeCertificates.name("a");
    for (int bits : new int[] {160, 60_000, 80_000}) {
      X509Certificate certificate =
          PublicKeys.certificate(
              MadeCertificates.der(
                  name,
                  name,
                  java.math.BigInteger.ONE.shiftLeft(bits),
                  MadeCertificates.key(),
                  AUTHORITY));
      if (bits < 65_536) {
        assertThat(CertificateView.of(certificate).get("SerialNumber"))
            .hasToString(java.math.BigInteger.ONE.shiftLeft(bits).toString());
      } else {
        assertThatThrownBy(() -> CertificateView.of(certificate))
            .isInstanceOf(JoseException.class)
            .hasMessage("x509: number too large");
      }
    }
  }

  @Test
  void a_request_without_signature_or_with_an_empty_identifier_is_refused() {
    byte[] body =
        Der.element(
            Der.SEQUENCE,
            Der.integer(java.math.BigInteger.ZERO),
            MadeCertificates.name("a"),
            MadeCertificates.key());
    byte[] algorithm = Der.element(Der.SEQUENCE, Der.objectIdentifier("1.2.840.10045.4.3.2"));
    byte[] unsigned = Der.element(Der.SEQUENCE, body, algorithm, Der.element(Der.BIT_STRING));
    assertThatThrownBy(() -> RequestView.of(unsigned)).isInstanceOf(JoseException.class);
    byte[] attribute = Der.element(Der.SEQUENCE, Der.element(Der.OID), Der.element(0x0c));
    byte[] nameless =
        Der.element(
            Der.SEQUENCE,
            Der.integer(java.math.BigInteger.ZERO),
            Der.element(Der.SEQUENCE, Der.element(Der.SET, attribute)),
            MadeCertificates.key());
    byte[] request =
        Der.element(
            Der.SEQUENCE, nameless, algorithm, Der.element(Der.BIT_STRING, new byte[] {0, 1}));
    assertThatThrownBy(() -> RequestView.of(request)).isInstanceOf(JoseException.class);
  }
}
