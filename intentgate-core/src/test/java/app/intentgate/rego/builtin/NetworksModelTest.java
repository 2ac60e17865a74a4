package app.intentgate.rego.builtin;

import static app.intentgate.rego.builtin.Calls.call;
import static app.intentgate.rego.builtin.Calls.error;
import static app.intentgate.rego.builtin.Calls.set;
import static app.intentgate.rego.builtin.Calls.text;
import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.json.JsonSet;
import app.intentgate.json.JsonValue;
import java.math.BigInteger;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Networks as what they are: intervals of numbers. */
class NetworksModelTest {
  /** A network of the 64 addresses of a corner of the address space. */
  private record Small(boolean v4, int address, int bits) {
    static Small any(Random random, boolean v4) {
      return new Small(v4, random.nextInt(64), random.nextInt(7));
    }

    int first() {
      return address >> bits << bits;
    }

    int last() {
      return first() + (1 << bits) - 1;
    }

    String text() {
      return v4
          ? "10.0.0." + (64 + address) + "/" + (32 - bits)
          : "2001:db8::" + Integer.toHexString(64 + address) + "/" + (128 - bits);
    }

    boolean contains(Small other) {
      return v4 == other.v4 && first() <= other.first() && other.last() <= last();
    }

    boolean intersects(Small other) {
      return v4 == other.v4 && first() <= other.last() && other.first() <= last();
    }
  }

  @Test
  void networks_contain_and_intersect_as_intervals_do() throws Exception {
    Random random = new Random(101);
    for (int i = 0; i < 5_000; i++) {
      Small a = Small.any(random, random.nextBoolean());
      Small b = Small.any(random, random.nextInt(5) == 0 ? !a.v4() : a.v4());
      String ab = a.text() + " " + b.text();
      assertThat(text("net.cidr_contains", a.text(), b.text()))
          .as(ab)
          .isEqualTo(String.valueOf(a.contains(b)));
      assertThat(text("net.cidr_intersects", a.text(), b.text()))
          .as(ab)
          .isEqualTo(String.valueOf(a.intersects(b)));
      String address = b.text().substring(0, b.text().indexOf('/'));
      boolean holds = a.contains(new Small(b.v4(), b.address(), 0));
      assertThat(text("net.cidr_contains", a.text(), address)).isEqualTo(String.valueOf(holds));
    }
  }

  @Test
  void merged_networks_hold_the_same_addresses_and_are_as_few_as_can_be() throws Exception {
    Random random = new Random(102);
    for (int i = 0; i < 2_000; i++) {
      boolean v4 = random.nextBoolean();
      List<Object> given = new ArrayList<>();
      TreeSet<Integer> addresses = new TreeSet<>();
      for (int n = random.nextInt(8); n > 0; n--) {
        Small s = new Small(v4, random.nextInt(64), random.nextInt(5));
        given.add(s.text());
        for (int a = s.first(); a <= s.last(); a++) {
          addresses.add(a);
        }
      }
      List<Object> fewest = new ArrayList<>();
      cover(addresses, 0, 6, v4, fewest);
      assertThat(call("net.cidr_merge", given))
          .as(given.toString())
          .isEqualTo(set(fewest.toArray()));
      assertThat(call("net.cidr_merge", set(given.toArray()))).isEqualTo(set(fewest.toArray()));
    }
  }

  /** Halves the space until a half is full or empty. */
  private static void cover(
      TreeSet<Integer> addresses, int first, int bits, boolean v4, List<Object> out) {
    int count = addresses.subSet(first, first + (1 << bits)).size();
    if (count == 1 << bits) {
      out.add(new Small(v4, first, bits).text());
    } else if (count > 0) {
      cover(addresses, first, bits - 1, v4, out);
      cover(addresses, first + (1 << (bits - 1)), bits - 1, v4, out);
    }
  }

  @Test
  void an_expanded_network_is_its_addresses_and_merging_them_gives_it_back() throws Exception {
    Random random = new Random(103);
    for (int i = 0; i < 200; i++) {
      Small s = Small.any(random, i % 2 == 0);
      JsonSet expanded = (JsonSet) Objects.requireNonNull(call("net.cidr_expand", s.text()));
      assertThat(expanded.size()).isEqualTo(1 << s.bits());
      List<Object> hosts = new ArrayList<>();
      for (JsonValue address : expanded) {
        assertThat(text("net.cidr_contains", s.text(), address)).isEqualTo("true");
        hosts.add(address.asText() + (s.v4() ? "/32" : "/128"));
      }
      String normal = new Small(s.v4(), s.first(), s.bits()).text();
      assertThat(call("net.cidr_merge", hosts)).isEqualTo(set(normal));
    }
  }

  @Test
  void matches_are_all_pairs_that_fit_by_index_or_by_key() throws Exception {
    Random random = new Random(104);
    for (int i = 0; i < 500; i++) {
      List<Small> outer = new ArrayList<>();
      List<Small> inner = new ArrayList<>();
      for (int n = random.nextInt(5); n > 0; n--) {
        outer.add(Small.any(random, random.nextBoolean()));
      }
      for (int n = random.nextInt(5); n > 0; n--) {
        inner.add(Small.any(random, random.nextBoolean()));
      }
      List<Object> pairs = new ArrayList<>();
      for (int o = 0; o < outer.size(); o++) {
        for (int n = 0; n < inner.size(); n++) {
          if (outer.get(o).contains(inner.get(n))) {
            pairs.add(List.of(o, n));
          }
        }
      }
      assertThat(
              call(
                  "net.cidr_contains_matches",
                  outer.stream().map(Small::text).toList(),
                  inner.stream().map(s -> List.of(s.text(), "note")).toList()))
          .isEqualTo(set(pairs.toArray()));
    }
  }

  /** RFC 5952, written once more: the first of the longest runs of zeros is left out. */
  private static String compressed(byte[] address) {
    String[] groups = new String[8];
    for (int g = 0; g < 8; g++) {
      int value = (address[2 * g] & 0xff) << 8 | (address[2 * g + 1] & 0xff);
      groups[g] = Integer.toHexString(value);
    }
    String all = ":" + String.join(":", groups) + ":";
    for (int run = 8; run >= 2; run--) {
      String zeros = ":" + "0:".repeat(run);
      if (all.contains(zeros)) {
        String text = all.replaceFirst(zeros, "::");
        String start = text.startsWith("::") ? text : text.substring(1);
        return start.endsWith("::") ? start : start.substring(0, start.length() - 1);
      }
    }
    return all.substring(1, all.length() - 1);
  }

  @Test
  void addresses_are_read_in_every_spelling_and_written_in_one() throws Exception {
    Random random = new Random(105);
    for (int i = 0; i < 3_000; i++) {
      byte[] bytes = new byte[16];
      for (int g = 0; g < 8; g++) {
        if (random.nextInt(3) == 0) {
          bytes[2 * g] = (byte) (random.nextBoolean() ? 0 : random.nextInt(256));
          bytes[2 * g + 1] = (byte) random.nextInt(256);
        }
      }
      bytes[0] |= 0x20;
      String expected = compressed(bytes);
      String spelled = InetAddress.getByAddress(bytes).getHostAddress();
      for (String text : List.of(expected, spelled, spelled.toUpperCase(java.util.Locale.ROOT))) {
        assertThat(text("net.cidr_expand", text + "/128"))
            .as(text)
            .isEqualTo("{\"" + expected + "\"}");
      }
      int length = random.nextInt(129);
      BigInteger host = BigInteger.ONE.shiftLeft(128 - length).subtract(BigInteger.ONE);
      boolean aligned = new BigInteger(1, bytes).and(host).signum() == 0;
      assertThat(
              call("net.cidr_merge", List.of(expected + "/" + length))
                  .equals(set(expected + "/" + length)))
          .isEqualTo(aligned);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        ":",
        ":::",
        "1:2",
        "1::2::3",
        "1:2:3:4:5:6:7:8:9",
        "12345::",
        "g::",
        "::1.2.3",
        "1.2.3.4.5",
        "1.2.3.",
        ".1.2.3",
        "256.1.1.1",
        "01.2.3.4",
        "1.2.3.4:80",
        "::ffff:1.2.3.256",
        "1:2:3:4:5:6:7:",
        ":1:2:3:4:5:6:7",
        "fe80::1%1",
        " 1.2.3.4",
        "1.2.3.4 ",
        "0x1.2.3.4",
        "\u0661.2.3.4",
        "1,2,3,4",
        "1:2:3:4:5:6:7:1.2.3.4"
      })
  void what_is_no_address_is_in_no_network(String address) throws Exception {
    assertThat(error("net.cidr_contains", "::/0", address))
        .isEqualTo("not a valid textual representation of an IP address or CIDR: " + address);
    assertThat(text("net.cidr_is_valid", address + "/0")).isEqualTo("false");
  }

  @ParameterizedTest
  @CsvSource({
    "1.2.3.4/, 1.2.3.4/",
    "1.2.3.4/33, 1.2.3.4/33",
    "::/129, ::/129",
    "1.2.3.4/8/8, 1.2.3.4/8/8",
    "1.2.3.4/+8, 1.2.3.4/+8",
    "1.2.3.4/\u0668, 1.2.3.4/\u0668",
    "1.2.3.4/4294967304, 1.2.3.4/4294967304"
  })
  void a_length_is_a_small_number_in_plain_digits(String network, String shown) {
    assertThat(error("net.cidr_merge", List.of(network)))
        .isEqualTo("invalid CIDR address: " + shown);
    assertThat(error("net.cidr_expand", network)).isEqualTo("invalid CIDR address: " + shown);
  }
}
