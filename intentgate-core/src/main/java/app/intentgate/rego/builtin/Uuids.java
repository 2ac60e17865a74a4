package app.intentgate.rego.builtin;

import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonString;
import app.intentgate.json.JsonValue;
import app.intentgate.rego.spi.BuiltinContext;
import app.intentgate.rego.spi.BuiltinException;
import app.intentgate.rego.spi.BuiltinRegistry;
import app.intentgate.rego.spi.BuiltinSignature;
import java.util.HexFormat;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** {@code uuid.parse} and {@code uuid.rfc4122} (which gives one value per key and evaluation). */
final class Uuids {
  /** From 1582-10-15 to 1970-01-01 in steps of 100 ns. */
  private static final long EPOCH_OFFSET = 0x01B21DD213814000L;

  private Uuids() {}

  static void addTo(BuiltinRegistry.Builder b) {
    b.add("uuid.parse(string): object[string: any]", Uuids::parse);
    b.add(
        BuiltinSignature.parse("uuid.rfc4122(string): string")
            .withKind(BuiltinSignature.Kind.NONDETERMINISTIC),
        Uuids::random);
  }

  private static JsonValue random(BuiltinContext context, JsonValue[] args)
      throws BuiltinException {
    Operands.string(args, 0); // The evaluation remembers what it got for it.
    long high = context.random().nextLong() & ~0xf000L | 0x4000L;
    long low = context.random().nextLong() & 0x3fffffffffffffffL | 0x8000000000000000L;
    return JsonString.of(new UUID(high, low).toString());
  }

  private static @Nullable JsonValue parse(BuiltinContext context, JsonValue[] args)
      throws BuiltinException {
    byte[] u = bytes(Operands.string(args, 0));
    if (u == null) {
      return null;
    }
    int version = u[6] >> 4 & 15;
    JsonObject.Builder b = JsonObject.builder();
    b.put("version", version).put("variant", variant(u[8] & 0xff));
    if (version == 1 || version == 2) {
      b.put("time", time(u));
      b.put("nodeid", HexFormat.ofDelimiter("-").formatHex(u, 10, 16));
      b.put("macvariables", macVariables(u[10]));
      b.put("clocksequence", number(u, 8, 2) & 0x3fff);
    }
    if (version == 2) {
      b.put("id", number(u, 0, 4));
      b.put("domain", domain(u[9] & 0xff));
    }
    return b.build();
  }

  /** The 16 bytes of a UUID with or without dashes, braces, {@code urn:uuid:}; null for others. */
  private static byte @Nullable [] bytes(String text) {
    String s = text;
    if (s.length() == 45 && s.regionMatches(true, 0, "urn:uuid:", 0, 9)) {
      s = s.substring(9);
    } else if (s.length() == 38) {
      s = s.substring(1, 37);
    }
    if (s.length() == 36) {
      if (s.charAt(8) != '-' || s.charAt(13) != '-' || s.charAt(18) != '-' || s.charAt(23) != '-') {
        return null;
      }
      s = s.replace("-", "");
    }
    if (s.length() != 32 || !s.chars().allMatch(c -> c < 0x80 && Character.digit(c, 16) >= 0)) {
      return null;
    }
    return HexFormat.of().parseHex(s);
  }

  private static long number(byte[] bytes, int from, int length) {
    long value = 0;
    for (int i = from; i < from + length; i++) {
      value = value << 8 | bytes[i] & 0xff;
    }
    return value;
  }

  private static long time(byte[] u) {
    long ticks = number(u, 0, 4) | number(u, 4, 2) << 32 | (number(u, 6, 2) & 0xfff) << 48;
    return (ticks - EPOCH_OFFSET) * 100;
  }

  private static String variant(int octet) {
    if ((octet & 0xc0) == 0x80) {
      return "RFC4122";
    } else if ((octet & 0xe0) == 0xc0) {
      return "Microsoft";
    }
    return (octet & 0xe0) == 0xe0 ? "Future" : "Reserved";
  }

  private static String macVariables(byte first) {
    return ((first & 2) != 0 ? "local" : "global") + ((first & 1) != 0 ? ":multicast" : ":unicast");
  }

  private static String domain(int octet) {
    return switch (octet) {
      case 0 -> "Person";
      case 1 -> "Group";
      case 2 -> "Org";
      default -> "Domain" + octet;
    };
  }
}
