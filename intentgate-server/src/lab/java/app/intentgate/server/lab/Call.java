package app.intentgate.server.lab;

import app.intentgate.token.Grant;
import app.intentgate.token.KeyRing;
import app.intentgate.token.TokenMinter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** The call that is made again and again. */
final class Call {
  static final String MASTER_KEY = "bG9hZC1sYWItbWFzdGVyLWtleS1vZi0zMi1ieXRlcyE=";
  static final String ADMIN_TOKEN = "load-lab-admin-token-of-enough-length";

  private static final String BODY =
      "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"read_invoice\","
          + "\"arguments\":{\"id\":\"INV-2026-0007\",\"include_lines\":true,\"max\":50}}}";

  private Call() {}

  /** An agent's, whose token has four caveats: agent, expiry, tools and call limit. */
  static byte[] request() {
    return request("");
  }

  /** The same with more header lines. */
  static byte[] request(String headers) {
    String token =
        TokenMinter.of(KeyRing.parse(MASTER_KEY))
            .mint(
                Grant.to("load-agent")
                    .tools("read_*", "list_invoices")
                    .maxCalls(1L << 50)
                    .expiresIn(Duration.ofDays(1)))
            .encode();
    String text =
        "POST /v1/mcp HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
            + "Authorization: Bearer "
            + token
            + "\r\n"
            + headers
            + "Content-Length: "
            + BODY.length()
            + "\r\n\r\n"
            + BODY;
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
