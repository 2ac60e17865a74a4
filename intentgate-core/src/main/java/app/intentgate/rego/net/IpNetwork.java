package app.intentgate.rego.net;

import java.math.BigInteger;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A network of IPv4 or IPv6 addresses. An IPv6 network of IPv4-mapped addresses counts as the IPv4
 * network it maps. Immutable.
 */
public final class IpNetwork {
  private static final int V4_BITS = 32;
  private static final int MAPPED_PREFIX = 96;

  private final byte[] address;
  private final int prefix;

  private IpNetwork(byte[] address, int prefix) {
    this.address = address;
    this.prefix = prefix;
  }

  /**
   * Reads {@code address/length}; bits beyond the length are dropped.
   *
   * @return null when the text is no network
   */
  public static @Nullable IpNetwork parse(String text) {
    int slash = text.indexOf('/');
    byte[] address = slash < 0 ? null : IpText.parse(text.substring(0, slash));
    int length = slash < 0 ? -1 : number(text.substring(slash + 1));
    if (address == null || length < 0 || length > address.length * 8) {
      return null;
    }
    byte[] base = mask(address, length);
    byte[] mapped = mapped(base);
    return mapped != null && length >= MAPPED_PREFIX
        ? new IpNetwork(mapped, length - MAPPED_PREFIX)
        : new IpNetwork(base, length);
  }

  /** The network of one address; null when the text is no address. */
  public static @Nullable IpNetwork ofAddress(String text) {
    byte[] address = IpText.parse(text);
    if (address == null) {
      return null;
    }
    byte[] mapped = mapped(address);
    byte[] own = mapped == null ? address : mapped;
    return new IpNetwork(own, own.length * 8);
  }

  /**
   * The network that the class of an IPv4 address had before classless routing, around the address
   * as it is: bits beyond the length are kept.
   *
   * @throws IllegalStateException when this is IPv6
   */
  IpNetwork withClassfulLength() {
    if (!isV4()) {
      throw new IllegalStateException("no IPv4 address");
    }
    int first = address[0] & 0xff;
    return new IpNetwork(address, first < 0x80 ? 8 : first < 0xc0 ? 16 : 24);
  }

  /** The network from a first address, given as a number, with a length. */
  static IpNetwork of(BigInteger first, int prefix, boolean v4) {
    byte[] bytes = new byte[v4 ? 4 : 16];
    byte[] number = first.toByteArray();
    int count = Math.min(bytes.length, number.length);
    System.arraycopy(number, number.length - count, bytes, bytes.length - count, count);
    return new IpNetwork(bytes, prefix);
  }

  private static int number(String digits) {
    int value = 0;
    for (int i = 0; i < digits.length(); i++) {
      char c = digits.charAt(i);
      if (c < '0' || c > '9') {
        return -1;
      }
      value = Math.min(1000, value * 10 + (c - '0'));
    }
    return digits.isEmpty() ? -1 : value;
  }

  private static byte[] mask(byte[] address, int length) {
    byte[] out = address.clone();
    for (int i = 0; i < out.length; i++) {
      int kept = Math.max(0, Math.min(8, length - 8 * i));
      out[i] &= (byte) (0xff00 >> kept);
    }
    return out;
  }

  /** The IPv4 address in {@code ::ffff:0:0/96}, or null. */
  private static byte @Nullable [] mapped(byte[] address) {
    if (address.length != 16 || address[10] != -1 || address[11] != -1) {
      return null;
    }
    for (int i = 0; i < 10; i++) {
      if (address[i] != 0) {
        return null;
      }
    }
    return Arrays.copyOfRange(address, 12, 16);
  }

  /** Whether this is IPv4. */
  public boolean isV4() {
    return address.length == 4;
  }

  /** The number of leading bits that all addresses share. */
  public int prefix() {
    return prefix;
  }

  /** Whether every address of another network is in this one. */
  public boolean contains(IpNetwork other) {
    return other.prefix >= prefix && containsBase(other);
  }

  private boolean containsBase(IpNetwork other) {
    return address.length == other.address.length
        && Arrays.equals(mask(address, prefix), mask(other.address, prefix));
  }

  /** Whether some address is in both. */
  public boolean intersects(IpNetwork other) {
    return containsBase(other) || other.containsBase(this);
  }

  /** The first address as a number; IPv4 as the IPv6 address it maps to. */
  BigInteger first() {
    BigInteger low = new BigInteger(1, mask(address, prefix));
    return isV4() ? low.add(CidrMerge.V4_BASE) : low;
  }

  /** The last address as a number; IPv4 as the IPv6 address it maps to. */
  BigInteger last() {
    return first().add(size()).subtract(BigInteger.ONE);
  }

  /** How many addresses there are. */
  public BigInteger size() {
    return BigInteger.ONE.shiftLeft(address.length * 8 - prefix);
  }

  /**
   * The text of an address.
   *
   * @param offset counted from the first address; below {@link #size}
   */
  public String addressAt(long offset) {
    BigInteger low = new BigInteger(1, mask(address, prefix));
    return IpText.format(of(low.add(BigInteger.valueOf(offset)), V4_BITS, isV4()).address);
  }

  /** The text of an address of 4 or 16 bytes; an IPv4-mapped one is written as IPv4. */
  public static String textOf(byte[] address) {
    byte[] mapped = mapped(address);
    return IpText.format(mapped == null ? address : mapped);
  }

  /** The one way to write an address; null when the text is none. */
  public static @Nullable String normalAddress(String text) {
    byte[] address = IpText.parse(text);
    return address == null ? null : textOf(address);
  }

  /** {@code address/length}. */
  @Override
  public String toString() {
    return IpText.format(address) + "/" + prefix;
  }
}
