package app.intentgate.rego.builtin;

import app.intentgate.json.JsonArray;
import app.intentgate.json.JsonNumber;
import app.intentgate.json.JsonObject;
import app.intentgate.json.JsonSet;
import app.intentgate.json.JsonString;
import app.intentgate.json.JsonValue;
import app.intentgate.rego.net.CidrMerge;
import app.intentgate.rego.net.IpNetwork;
import app.intentgate.rego.spi.BuiltinContext;
import app.intentgate.rego.spi.BuiltinException;
import app.intentgate.rego.spi.BuiltinRegistry;
import app.intentgate.rego.spi.BuiltinSignature;
import java.util.ArrayList;
import java.util.List;

/** {@code net.cidr_*}. Looking names up is not here: it would leave the machine. */
final class NetFunctions {
  private static final String MATCHED =
      "string | array[string | array[any]] | set[string | array[any]]"
          + " | object[string: string | array[any]]";

  private NetFunctions() {}

  static void addTo(BuiltinRegistry.Builder b) {
    b.add("net.cidr_contains(string, string): boolean", NetFunctions::contains);
    b.add(
        BuiltinSignature.parse("net.cidr_overlap(string, string): boolean").asDeprecated(),
        NetFunctions::contains);
    b.add("net.cidr_intersects(string, string): boolean", NetFunctions::intersects);
    b.add(
        "net.cidr_contains_matches(" + MATCHED + ", " + MATCHED + "): set[array<any, any>]",
        NetFunctions::containsMatches);
    b.add("net.cidr_expand(string): set[string]", NetFunctions::expand);
    b.add("net.cidr_merge(array[string] | set[string]): set[string]", NetFunctions::merge);
    b.add(
        "net.cidr_is_valid(string): boolean",
        (c, a) -> JsonValue.of(a[0] instanceof JsonString s && IpNetwork.parse(s.value()) != null));
  }

  /** OPA calls every operand of the wrong type the first. */
  private static String text(JsonValue value) throws BuiltinException {
    return Operands.string(new JsonValue[] {value}, 0);
  }

  private static IpNetwork network(JsonValue value) throws BuiltinException {
    String text = text(value);
    IpNetwork network = IpNetwork.parse(text);
    if (network == null) {
      throw BuiltinException.of("invalid CIDR address: " + text);
    }
    return network;
  }

  private static IpNetwork networkOrAddress(JsonValue value) throws BuiltinException {
    String text = text(value);
    IpNetwork address = IpNetwork.ofAddress(text);
    IpNetwork found = address != null ? address : IpNetwork.parse(text);
    if (found == null) {
      throw BuiltinException.of(
          "not a valid textual representation of an IP address or CIDR: " + text);
    }
    return found;
  }

  private static JsonValue contains(BuiltinContext context, JsonValue[] args)
      throws BuiltinException {
    IpNetwork outer = network(args[0]);
    return JsonValue.of(outer.contains(networkOrAddress(args[1])));
  }

  private static JsonValue intersects(BuiltinContext context, JsonValue[] args)
      throws BuiltinException {
    IpNetwork first = network(args[0]);
    return JsonValue.of(first.intersects(network(args[1])));
  }

  /** A network, or address, and what names it in the collection it came from. */
  private record Named(JsonValue cidr, JsonValue name) {}

  private static JsonValue containsMatches(BuiltinContext context, JsonValue[] args)
      throws BuiltinException {
    List<Named> outer = named(args, 0);
    List<Named> inner = outer.isEmpty() ? List.of() : named(args, 1);
    List<IpNetwork> parsed = new ArrayList<>(inner.size());
    JsonSet.Builder found = JsonSet.builder();
    for (Named o : outer) {
      // In OPA's order: the first network is read before the first address is.
      IpNetwork network = inner.isEmpty() ? null : network(o.cidr());
      context.chargeSteps(inner.size());
      for (int i = 0; network != null && i < inner.size(); i++) {
        if (parsed.size() == i) {
          parsed.add(networkOrAddress(inner.get(i).cidr()));
        }
        if (network.contains(parsed.get(i))) {
          context.chargeValues(1);
          found.add(JsonArray.of(o.name(), inner.get(i).name()));
        }
      }
    }
    return found.build();
  }

  private static List<Named> named(JsonValue[] args, int index) throws BuiltinException {
    JsonValue value = args[index];
    List<Named> out = new ArrayList<>();
    if (value instanceof JsonString) {
      out.add(new Named(value, value));
    } else if (value instanceof JsonArray array) {
      for (int i = 0; i < array.size(); i++) {
        out.add(new Named(cidr(array.get(i), index), JsonNumber.of(i)));
      }
    } else if (value instanceof JsonSet set) {
      for (JsonValue item : set) {
        out.add(new Named(cidr(item, index), item));
      }
    } else if (value instanceof JsonObject object) {
      for (int i = 0; i < object.size(); i++) {
        out.add(new Named(cidr(object.valueAt(i), index), object.keyAt(i)));
      }
    }
    return out;
  }

  private static JsonValue cidr(JsonValue item, int index) throws BuiltinException {
    if (item instanceof JsonString) {
      return item;
    }
    if (item instanceof JsonArray array && !array.isEmpty()) {
      return array.get(0);
    }
    throw BuiltinException.of(
        "operand " + (index + 1) + ": element must be string or non-empty array");
  }

  private static JsonValue expand(BuiltinContext context, JsonValue[] args)
      throws BuiltinException {
    IpNetwork network = network(args[0]);
    int size = Numbers.chargeItems(context, network.size());
    JsonSet.Builder addresses = JsonSet.builder();
    for (int i = 0; i < size; i++) {
      context.chargeSteps(1);
      addresses.add(JsonString.of(network.addressAt(i)));
    }
    return addresses.build();
  }

  private static JsonValue merge(BuiltinContext context, JsonValue[] args) throws BuiltinException {
    JsonArray items = Operands.items(args[0]);
    if (items == null) {
      throw BuiltinException.of("operand must be an array");
    }
    List<IpNetwork> networks = new ArrayList<>(items.size());
    for (JsonValue item : items) {
      context.chargeSteps(1);
      if (!(item instanceof JsonString s)) {
        throw BuiltinException.of("element must be string");
      }
      try {
        networks.add(CidrMerge.element(s.value()));
      } catch (IllegalArgumentException e) {
        throw BuiltinException.of(String.valueOf(e.getMessage()));
      }
    }
    JsonSet.Builder merged = JsonSet.builder();
    for (IpNetwork network : CidrMerge.merge(networks)) {
      context.chargeValues(1);
      merged.add(JsonString.of(network.toString()));
    }
    return merged.build();
  }
}
