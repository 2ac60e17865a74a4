package app.intentgate.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Addresses that are written out, and what only looks like one. */
class AddressRangeTest {
  /** Texts of the characters of an address that are none. */
  private static final String[] NAMES = {"999.1.1.1", "256.0.0.1", ".:", ".1:2", "1:2", ":::1"};

  /** In a JVM of its own, whose names are those of a file: prints what each text is. */
  static final class Lookups {
    private Lookups() {}

    public static void main(String[] texts) {
      for (String text : texts) {
        System.out.println(text + " " + AddressRange.literal(text));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "10.1.2.3,10.1.2.3",
    "255.255.255.255,255.255.255.255",
    "::1,0:0:0:0:0:0:0:1",
    "fd00::a,fd00:0:0:0:0:0:0:a",
    "::ffff:10.1.2.3,10.1.2.3"
  })
  void anAddressThatIsWrittenOutIsOne(String text, String shown) {
    InetAddress address = AddressRange.literal(text);
    assertThat(address).isNotNull();
    assertThat(address.getHostAddress()).isEqualTo(shown);
  }

  @Test
  void nothingIsLookedUp(@TempDir Path folder) throws Exception {
    StringBuilder hosts = new StringBuilder();
    for (String name : NAMES) {
      hosts.append("10.0.0.7 ").append(name).append('\n');
    }
    Path file = Files.writeString(folder.resolve("hosts"), hosts);
    ProcessBuilder jvm =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Djdk.net.hosts.file=" + file,
            "-cp",
            System.getProperty("java.class.path"),
            Lookups.class.getName());
    jvm.command().addAll(List.of(NAMES));
    Process lookups = jvm.redirectErrorStream(true).start();
    String said = new String(lookups.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(lookups.waitFor()).as(said).isZero();
    assertThat(said.lines()).hasSize(NAMES.length).allMatch(line -> line.endsWith(" null"));
  }

  @Test
  void aRangeOfWhatIsNoAddressIsRefused() {
    assertThatThrownBy(() -> AddressRange.parse("999.1.1.1/8"))
        .isInstanceOf(Setting.Refused.class)
        .hasMessageContaining("no address");
  }

  @ParameterizedTest
  @CsvSource({
    "10.0.0.0/8,10.255.255.255,true",
    "10.0.0.0/8,11.0.0.0,false",
    "10.0.0.0/8,9.255.255.255,false",
    "10.1.2.3/8,10.9.9.9,true",
    "192.168.4.0/22,192.168.7.255,true",
    "192.168.4.0/22,192.168.8.0,false",
    "192.168.4.0/22,192.168.3.255,false",
    "10.0.0.1,10.0.0.1,true",
    "10.0.0.1,10.0.0.2,false",
    "10.0.0.1/32,10.0.0.0,false",
    "10.0.0.0/31,10.0.0.1,true",
    "0.0.0.0/0,255.255.255.255,true",
    "0.0.0.0/0,::1,false",
    "::/0,fe80::1,true",
    "::/0,10.0.0.1,false",
    "fd00::/7,fc00::1,true",
    "fd00::/8,fc00::1,false",
    "2001:db8::/33,2001:db8:7fff::1,true",
    "2001:db8::/33,2001:db8:8000::1,false",
    "::1,::1,true",
    "::1,127.0.0.1,false"
  })
  void aRangeHoldsTheAddressesThatBeginWithItsBits(String range, String address, boolean within) {
    assertThat(AddressRange.parse(range).get(0).contains(AddressRange.literal(address)))
        .isEqualTo(within);
  }
}
