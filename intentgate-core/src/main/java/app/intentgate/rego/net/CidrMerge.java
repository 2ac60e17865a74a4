package app.intentgate.rego.net;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Joins networks that overlap or touch into as few as possible. */
public final class CidrMerge {
  private static final int V4_BITS = 32;
  private static final int V6_BITS = 128;

  /** Where IPv4 lies among the IPv6 addresses. */
  static final BigInteger V4_BASE = BigInteger.valueOf(0xffffL << V4_BITS);

  private static final BigInteger V4_LAST = BigInteger.valueOf((0x10000L << V4_BITS) - 1);

  private CidrMerge() {}

  /** Addresses from first to last; those of one network as it was given, or of several. */
  private record Span(BigInteger first, BigInteger last, @Nullable IpNetwork network) {}

  /**
   * Reads networks, and IPv4 addresses, which stand for the network of their class.
   *
   * @throws IllegalArgumentException with OPA's words when a text is neither
   */
  public static IpNetwork element(String text) {
    IpNetwork address = IpNetwork.ofAddress(text);
    if (address != null) {
      if (address.isV4()) {
        return address.withClassfulLength();
      }
      throw new IllegalArgumentException("IPv6 invalid: needs prefix length");
    }
    IpNetwork network = IpNetwork.parse(text);
    if (network == null) {
      throw new IllegalArgumentException("invalid CIDR address: " + text);
    }
    return network;
  }

  /** The networks that hold the same addresses. One that touches no other stays as it was given. */
  public static List<IpNetwork> merge(List<IpNetwork> networks) {
    List<Span> spans = new ArrayList<>(networks.size());
    for (IpNetwork n : networks) {
      spans.add(new Span(n.first(), n.last(), n));
    }
    spans.sort(Comparator.comparing(Span::last).thenComparing(Span::first));
    List<IpNetwork> out = new ArrayList<>();
    Span open = null;
    for (int i = spans.size() - 1; i >= 0; i--) {
      Span span = spans.get(i);
      if (open == null) {
        open = span;
      } else if (before(open.first()).compareTo(span.last()) <= 0) {
        open = new Span(open.first().min(span.first()), open.last(), null);
      } else {
        write(open, out);
        open = span;
      }
    }
    if (open != null) {
      write(open, out);
    }
    return out;
  }

  /** The address before; nothing is before the first of either family. */
  private static BigInteger before(BigInteger address) {
    boolean lowest = address.signum() == 0 || address.equals(V4_BASE);
    return lowest ? address : address.subtract(BigInteger.ONE);
  }

  private static void write(Span span, List<IpNetwork> out) {
    if (span.network() != null) {
      out.add(span.network());
      return;
    }
    boolean v4 = span.first().compareTo(V4_BASE) >= 0 && span.last().compareTo(V4_LAST) <= 0;
    BigInteger first = v4 ? span.first().subtract(V4_BASE) : span.first();
    BigInteger last = v4 ? span.last().subtract(V4_BASE) : span.last();
    int bits = v4 ? V4_BITS : V6_BITS;
    while (first.compareTo(last) <= 0) {
      int aligned = first.signum() == 0 ? bits : first.getLowestSetBit();
      int fitting = last.subtract(first).add(BigInteger.ONE).bitLength() - 1;
      int host = Math.min(aligned, fitting);
      out.add(IpNetwork.of(first, bits - host, v4));
      first = first.add(BigInteger.ONE.shiftLeft(host));
    }
  }
}
