package app.intentgate.rego.builtin;

import app.intentgate.json.JsonArray;
import app.intentgate.json.JsonNumber;
import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonString;
import app.intentgate.json.JsonValue;
import app.intentgate.rego.spi.BuiltinContext;
import app.intentgate.rego.spi.BuiltinException;
import app.intentgate.rego.x509.ChainOptions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Reads the options of {@code crypto.x509.parse_and_verify_certificates_with_options}. */
final class X509Options {
  private static final long NANOS = 1_000_000_000L;

  private X509Options() {}

  static Instant now(BuiltinContext context) {
    return instant(context.nowNanos());
  }

  private static Instant instant(long nanos) {
    return Instant.ofEpochSecond(Math.floorDiv(nanos, NANOS), Math.floorMod(nanos, NANOS));
  }

  static ChainOptions of(BuiltinContext context, JsonObject object) throws BuiltinException {
    ChainOptions options = ChainOptions.at(now(context));
    for (int rank = 0; rank < object.size(); rank++) {
      int i = object.sortedPosition(rank);
      if (object.keyAt(i) instanceof JsonString name) {
        options = with(options, name.value(), object.valueAt(i));
      }
    }
    return options;
  }

  private static ChainOptions with(ChainOptions options, String name, JsonValue value)
      throws BuiltinException {
    return switch (name) {
      case "DNSName" -> {
        if (value instanceof JsonString host) {
          yield new ChainOptions(host.value(), options.time(), options.keyUsages());
        }
        throw BuiltinException.of("'DNSName' should be a string");
      }
      case "CurrentTime" -> {
        long nanos = integer(value, name, "valid int64 number");
        yield new ChainOptions(options.dnsName(), instant(nanos), options.keyUsages());
      }
      case "MaxConstraintComparisons" -> {
        // The JDK has limits of its own.
        integer(value, name, "valid number");
        yield options;
      }
      case "KeyUsages" -> {
        List<String> usages = usages(value);
        yield usages.isEmpty()
            ? options
            : new ChainOptions(options.dnsName(), options.time(), usages);
      }
      default -> throw BuiltinException.of("invalid key option");
    };
  }

  private static long integer(JsonValue value, String name, String need) throws BuiltinException {
    if (!(value instanceof JsonNumber number)) {
      throw BuiltinException.of("'" + name + "' should be a number");
    }
    if (!number.fitsLong()) {
      throw BuiltinException.of("'" + name + "' should be a " + need);
    }
    return number.longValue();
  }

  private static List<String> usages(JsonValue value) throws BuiltinException {
    JsonArray items = Operands.items(value);
    if (items == null) {
      throw BuiltinException.of("'KeyUsages' should be an Array or Set");
    }
    List<String> known = new ArrayList<>();
    List<String> unknown = new ArrayList<>();
    for (JsonValue item : items) {
      if (item instanceof JsonString name) {
        String oid = ChainOptions.keyUsage(name.value());
        (oid.isEmpty() ? unknown : known).add(oid.isEmpty() ? name.value() : oid);
      }
    }
    if (!unknown.isEmpty()) {
      throw BuiltinException.of(
          "invalid entries for 'KeyUsages' found: [" + String.join(" ", unknown) + "]");
    }
    return known;
  }
}
