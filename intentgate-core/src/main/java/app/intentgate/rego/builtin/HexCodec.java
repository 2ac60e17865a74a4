package app.intentgate.rego.builtin;

import app.intentgate.json.JsonString;
import app.intentgate.json.JsonValue;
import app.intentgate.rego.spi.BuiltinContext;
import app.intentgate.rego.spi.BuiltinException;
import app.intentgate.rego.spi.BuiltinRegistry;
import app.intentgate.text.GoText;
import java.util.HexFormat;

/** {@code hex.encode} and {@code hex.decode}. */
final class HexCodec {
  private HexCodec() {}

  static void addTo(BuiltinRegistry.Builder b) {
    b.add(
        "hex.encode(string): string",
        (c, a) -> {
          byte[] bytes = GoBytes.of(Operands.string(a, 0));
          c.chargeBytes(2L * bytes.length);
          return JsonString.of(HexFormat.of().formatHex(bytes));
        });
    b.add("hex.decode(string): string", HexCodec::decode);
  }

  private static JsonValue decode(BuiltinContext context, JsonValue[] args)
      throws BuiltinException {
    byte[] in = GoBytes.of(Operands.string(args, 0));
    context.chargeBytes(in.length);
    byte[] out = new byte[in.length / 2];
    for (int i = 0; i < in.length; i++) {
      int digit = Character.digit(in[i], 16);
      if (in[i] < 0 || digit < 0) {
        throw invalid(in[i] & 0xff);
      }
      if (i / 2 < out.length) {
        out[i / 2] |= (byte) (i % 2 == 0 ? digit << 4 : digit);
      }
    }
    if (in.length % 2 == 1) {
      throw BuiltinException.of("encoding/hex: odd length hex string");
    }
    return JsonString.of(GoBytes.text(out));
  }

  private static BuiltinException invalid(int octet) {
    String shown = GoText.isPrintable(octet) ? " '" + (char) octet + "'" : "";
    return BuiltinException.of(String.format("encoding/hex: invalid byte: U+%04X", octet) + shown);
  }
}
