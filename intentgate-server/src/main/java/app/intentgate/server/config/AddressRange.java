package app.intentgate.server.config;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Internet addresses that begin with the same bits: {@code 10.0.0.0/8}, {@code fd00::/8}, or one
 * address. Never a name: nothing is looked up. Immutable.
 */
public final class AddressRange {
  private static final Pattern FOUR = Pattern.compile("[0-9]{1,3}(?:\\.[0-9]{1,3}){3}");
  private static final Pattern SIX = Pattern.compile("[0-9a-fA-F:.]{2,45}");

  private final byte[] address;
  private final int bits;

  private AddressRange(byte[] address, int bits) {
    this.address = address;
    this.bits = bits;
  }

  static List<AddressRange> parse(String text) {
    return Parsers.csv(text).stream().map(AddressRange::one).toList();
  }

  private static AddressRange one(String text) {
    int slash = text.indexOf('/');
    InetAddress address = literal(slash < 0 ? text : text.substring(0, slash));
    if (address == null) {
      throw new Setting.Refused("\"" + text + "\" is no address and no range of addresses");
    }
    byte[] bytes = address.getAddress();
    int most = bytes.length * 8;
    String bits = slash < 0 ? String.valueOf(most) : text.substring(slash + 1);
    if (!bits.matches("[0-9]{1,3}") || Integer.parseInt(bits) > most) {
      throw new Setting.Refused(
          "\"" + text + "\" has a length that is not between 0 and " + most + " bits");
    }
    return new AddressRange(bytes, Integer.parseInt(bits));
  }

  /** An address that is written out; null for anything else. Nothing is looked up. */
  public static @Nullable InetAddress literal(String text) {
    try {
      if (FOUR.matcher(text).matches()) {
        byte[] four = four(text);
        return four == null ? null : InetAddress.getByAddress(four);
      }
      // In brackets the JDK takes nothing but an address: it never asks for a name.
      return text.indexOf(':') >= 0 && SIX.matcher(text).matches()
          ? InetAddress.getByName("[" + text + "]")
          : null;
    } catch (UnknownHostException e) {
      return null;
    }
  }

  private static byte @Nullable [] four(String text) {
    String[] parts = text.split("\\.", -1);
    byte[] bytes = new byte[4];
    for (int i = 0; i < 4; i++) {
      int part = Integer.parseInt(parts[i]);
      if (part > 255) {
        return null;
      }
      bytes[i] = (byte) part;
    }
    return bytes;
  }

  /** Whether an address is one of these. */
  public boolean contains(InetAddress other) {
    byte[] bytes = other.getAddress();
    if (bytes.length != address.length) {
      return false;
    }
    int whole = bits / 8;
    if (!Arrays.equals(bytes, 0, whole, address, 0, whole)) {
      return false;
    }
    int rest = bits % 8;
    return rest == 0 || ((bytes[whole] ^ address[whole]) & 0xff) >> (8 - rest) == 0;
  }
}
