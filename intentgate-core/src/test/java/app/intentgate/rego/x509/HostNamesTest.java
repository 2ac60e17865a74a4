package app.intentgate.rego.x509;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.rego.jose.Der;
import app.intentgate.rego.jose.Pem;
import java.io.ByteArrayOutputStream;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whom a certificate is for, when it is valid, and what its key may be used for. */
class HostNamesTest {
  private static final Instant NOW = Instant.parse("2026-06-01T00:00:00Z");
  private static final String SERVER = "1.3.6.1.5.5.7.3.1";
  private static final String CLIENT = "1.3.6.1.5.5.7.3.2";
  private static final String ANY = "2.5.29.37.0";

  private static List<X509Certificate> verify(ChainOptions options, String... pems)
      throws Exception {
    ByteArrayOutputStream der = new ByteArrayOutputStream();
    for (String pem : pems) {
      Pem.all(pem).forEach(p -> der.writeBytes(p.bytes()));
    }
    return ChainVerifier.verify(
        CertificateView.all(der.toByteArray(), steps -> {}), options, steps -> {});
  }

  private static String root() {
    return MadeCertificates.of("root", "root", 1, MadeCertificates.AUTHORITY);
  }

  private static byte[] names(byte[]... names) {
    return MadeCertificates.extension("2.5.29.17", Der.element(Der.SEQUENCE, names));
  }

  private static byte[] dns(String name) {
    return Der.element(0x82, name.getBytes(US_ASCII));
  }

  private static byte[] usages(String... oids) {
    List<byte[]> parts = new ArrayList<>();
    for (String oid : oids) {
      parts.add(Der.objectIdentifier(oid));
    }
    return MadeCertificates.extension(
        "2.5.29.37", Der.element(Der.SEQUENCE, parts.toArray(byte[][]::new)));
  }

  private static boolean isFor(String host, byte[]... names) throws Exception {
    String leaf = MadeCertificates.of("leaf", "root", 2, names(names));
    return !verify(new ChainOptions(host, NOW, List.of(ANY)), root(), leaf).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "a.example,      a.example,        true",
    "a.example,      A.EXAMPLE,        true",
    "A.Example,      a.example.,       true",
    "a.example,      b.example,        false",
    "a.example,      a.example.evil,   false",
    "a.example,      evil-a.example,   false",
    "a.example,      x.a.example,      false",
    "*.a.example,    x.a.example,      true",
    "*.a.example,    X.A.example.,     true",
    "*.a.example,    a_b.a.example,    true",
    "*.a.example,    a.example,        false",
    "*.a.example,    .a.example,       false",
    "*.a.example,    x.y.a.example,    false",
    "*.a.example,    '-x.a.example',   false",
    "*.a.example,    'x y.a.example',  false",
    "*.a.example,    'x/y.a.example',  false",
    "*.a.example,    'x@y.a.example',  false",
    "x*.a.example,   xy.a.example,     false",
    "*x.a.example,   yx.a.example,     false",
    "a.*.example,    a.b.example,      false",
    "*,              a,                false",
    "*.*.example,    a.b.example,      false",
    "'',             '.',              false",
    "10.0.0.1,       10.0.0.1,         false"
  })
  void a_host_has_a_name_of_the_certificate_or_one_below_its_star(
      String name, String host, boolean matches) throws Exception {
    assertThat(isFor(host, dns(name))).isEqualTo(matches);
  }

  @Test
  void a_host_with_a_character_that_no_label_has_is_below_no_star() throws Exception {
    for (String host : List.of("x\u0000.a.example", "\u212a.a.example", "\u00e9.a.example")) {
      assertThat(isFor(host, dns("*.a.example"))).as(host).isFalse();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "0a000001, 10.0.0.1, true",
    "0a000001, ::ffff:10.0.0.1, true",
    "0a000001, [10.0.0.1], true",
    "0a000001, 10.0.0.2, false",
    "0a000001, 10.0.0.01, false",
    "20010db8000000000000000000000001, 2001:db8::1, true",
    "20010db8000000000000000000000001, [2001:DB8:0::1], true",
    "20010db8000000000000000000000001, 2001:db8::2, false",
    "00000000000000000000ffff0a000001, 10.0.0.1, true"
  })
  void an_address_is_compared_as_an_address(String bytes, String host, boolean matches)
      throws Exception {
    byte[] address = Der.element(0x87, HexFormat.of().parseHex(bytes));
    assertThat(isFor(host, address)).isEqualTo(matches);
    assertThat(isFor(host, dns("other.example"), address)).isEqualTo(matches);
  }

  @Test
  void the_name_of_the_subject_is_not_a_host() throws Exception {
    String leaf = MadeCertificates.of("leaf.example", "root", 2, usages(ANY));
    ChainOptions options = new ChainOptions("leaf.example", NOW, List.of(ANY));
    assertThat(verify(options, root(), leaf)).isEmpty();
    assertThat(verify(new ChainOptions("", NOW, List.of(ANY)), root(), leaf)).hasSize(2);
  }

  @ParameterizedTest
  @CsvSource({
    "2024-12-31T23:59:59Z, false",
    "2025-01-01T00:00:00Z, true",
    "2049-12-31T23:59:59Z, true",
    "2050-01-01T00:00:00Z, false"
  })
  void a_chain_is_valid_to_the_second(String time, boolean valid) throws Exception {
    ChainOptions options = new ChainOptions("", Instant.parse(time), List.of(ANY));
    String leaf = MadeCertificates.of("leaf", "root", 2, usages(ANY));
    assertThat(verify(options, root(), leaf)).hasSize(valid ? 2 : 0);
    String root = root();
    assertThat(verify(options, root, root)).hasSize(valid ? 1 : 0);
  }

  @ParameterizedTest
  @CsvSource({
    "server, '', server, true",
    "server, '', client, false",
    "server client, '', client, true",
    "any, '', client, true",
    "server, '', server client, true",
    "server, '', any, true",
    "server, client, server, false",
    "server client, client, server client, true",
    "server, any, server, true",
    "server, client, any, true"
  })
  void a_usage_must_be_allowed_by_every_certificate_that_limits_them(
      String leaf, String between, String wanted, boolean allowed) throws Exception {
    String authority =
        between.isEmpty()
            ? MadeCertificates.of("ca", "root", 2, MadeCertificates.AUTHORITY)
            : MadeCertificates.of(
                "ca", "root", 2, MadeCertificates.AUTHORITY, usages(oids(between)));
    String last = MadeCertificates.of("leaf", "ca", 3, usages(oids(leaf)));
    ChainOptions options = new ChainOptions("", NOW, List.of(oids(wanted)));
    assertThat(verify(options, root(), authority, last)).hasSize(allowed ? 3 : 0);
  }

  private static String[] oids(String names) {
    String[] oids = names.split(" ", -1);
    for (int i = 0; i < oids.length; i++) {
      oids[i] = oids[i].equals("server") ? SERVER : oids[i].equals("client") ? CLIENT : ANY;
    }
    return oids;
  }

  @Test
  void who_is_no_authority_issues_nothing() throws Exception {
    ChainOptions options = new ChainOptions("", NOW, List.of(ANY));
    String notOne = MadeCertificates.of("ca", "root", 2, usages(ANY));
    String leaf = MadeCertificates.of("leaf", "ca", 3, usages(ANY));
    assertThat(verify(options, root(), notOne, leaf)).isEmpty();
    String plainRoot = MadeCertificates.of("root", "root", 1, usages(ANY));
    String below = MadeCertificates.of("leaf", "root", 3, usages(ANY));
    assertThat(verify(options, plainRoot, below)).isEmpty();
  }
}
