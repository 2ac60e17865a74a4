package app.intentgate.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TokenChainPropertyTest {
  private static final String[] TOOLS = {
    "read_invoice", "pay", "sap.pay", "sap", "fs/read", "agent:b", "x", "é", "[", "read_"
  };
  private static final String[] PATTERNS = {
    "*", "read_*", "pay", "sap.*", "?", "[a-r]*", "fs/*", "[", "*[", "é", "agent:*", "\\x*"
  };

  @Test
  void whatAChildPermitsItsParentPermits() {
    Random random = new Random(11);
    int permitted = 0;
    int refused = 0;
    for (int round = 0; round < 2_000; round++) {
      VerifiedToken parent = Tokens.verified(caveats(random));
      VerifiedToken child =
          parent.token().caveats().size() > 12
              ? parent
              : Tokens.verified(append(parent.token().caveats(), caveat(random)));
      for (int i = 0; i < 10; i++) {
        CaveatRequest call = call(random);
        boolean childPermits = CaveatCheck.refusal(child, call) == null;
        boolean parentPermits = CaveatCheck.refusal(parent, call) == null;
        assertThat(!childPermits || parentPermits).as(child + " " + call).isTrue();
        permitted += childPermits ? 1 : 0;
        refused += parentPermits ? 0 : 1;
      }
      assertThat(child.stepUpAt()).isGreaterThanOrEqualTo(parent.stepUpAt());
      assertThat(child.limits().subList(0, parent.limits().size())).isEqualTo(parent.limits());
      assertThat(child.chainIds().subList(0, parent.chainIds().size()))
          .isEqualTo(parent.chainIds());
    }
    assertThat(permitted).isGreaterThan(100);
    assertThat(refused).isGreaterThan(100);
  }

  @Test
  void whatIsEncodedIsDecodedAsTheSameToken() {
    Random random = new Random(12);
    for (int round = 0; round < 2_000; round++) {
      CapabilityToken token = Tokens.verified(caveats(random)).token();
      assertThat(CapabilityToken.decode(token.encode())).isEqualTo(token);
      assertThat(CapabilityToken.decode(token.encode()).encode()).isEqualTo(token.encode());
    }
  }

  @Test
  void aTokenWithAnyByteOrBitChangedIsRefused() {
    CapabilityToken token =
        Tokens.mint(
            Grant.to("agent")
                .tools("read_*")
                .maxCalls(3)
                .stepUp()
                .expiresIn(Duration.ofHours(1))
                .notBefore(Tokens.NOW));
    String text = token.encode();
    TokenVerifier verifier = TokenVerifier.of(Tokens.KEYS);
    assertThat(verifier.verify(text).token()).isEqualTo(token);
    byte[] ascii = text.getBytes(StandardCharsets.US_ASCII);
    for (int i = 0; i < ascii.length; i++) {
      for (int c = 0; c < 256; c++) {
        if (c != ascii[i]) {
          byte[] changed = ascii.clone();
          changed[i] = (byte) c;
          assertRefused(verifier, new String(changed, StandardCharsets.ISO_8859_1));
        }
      }
      assertRefused(verifier, text.substring(0, i) + text.substring(i + 1));
      assertRefused(verifier, text.substring(0, i));
      assertRefused(verifier, text.substring(0, i) + "A" + text.substring(i));
    }
    for (String tail : List.of("=", "==", "A", "AA", "\n", " ", ".")) {
      assertRefused(verifier, text + tail);
    }
  }

  @Test
  void aTokenWithAnyBitOfItsJsonChangedIsRefusedOrMeansTheSame() {
    CapabilityToken token =
        Tokens.mint(Grant.to("agent").tools("read_*").maxCalls(3).servers(List.of("sap")));
    TokenVerifier verifier = TokenVerifier.of(Tokens.KEYS);
    byte[] json = Base64.getUrlDecoder().decode(token.encode());
    for (int bit = 0; bit < json.length * 8; bit++) {
      byte[] changed = json.clone();
      changed[bit / 8] ^= (byte) (1 << (bit % 8));
      String text = Base64.getUrlEncoder().withoutPadding().encodeToString(changed);
      assertRefused(verifier, text);
    }
  }

  private static void assertRefused(TokenVerifier verifier, String text) {
    assertThatThrownBy(() -> verifier.verify(text)).isInstanceOf(TokenException.class);
  }

  private static Caveat[] caveats(Random random) {
    Caveat[] caveats = new Caveat[random.nextInt(6)];
    Arrays.setAll(caveats, i -> caveat(random));
    return caveats;
  }

  private static Caveat[] append(List<Caveat> caveats, Caveat caveat) {
    Caveat[] longer = caveats.toArray(new Caveat[caveats.size() + 1]);
    longer[caveats.size()] = caveat;
    return longer;
  }

  private static Caveat caveat(Random random) {
    long small = random.nextInt(12) - 2;
    List<String> tools = some(PATTERNS, random);
    return switch (random.nextInt(13)) {
      case 0 -> new Caveat.AgentLock(random.nextInt(5) == 0 ? "other" : "agent");
      case 1 -> new Caveat.Expiry(random.nextInt(6) == 0 ? small : 1_760_000_000 + small);
      case 2, 3 -> new Caveat.ToolAllow(tools);
      case 4 -> new Caveat.ToolDeny(tools);
      case 5 -> new Caveat.McpAllow(some(new String[] {"sap", "fs", "", "x"}, random));
      case 6 -> new Caveat.MaxCalls(small);
      case 7 -> new Caveat.StepUp(small, random.nextBoolean() ? "" : "forged");
      case 8 -> new Caveat.CalleeAllow(List.of("b"), some(new String[] {"z"}, random));
      case 9 -> new Caveat.RateLimit(small);
      case 10 -> new Caveat.MaxCost(small);
      case 11 -> new Caveat.RiskMax(small);
      default -> Caveat.of(random.nextInt(3) == 0 ? "geo" : "max_calls", CaveatMembers.NONE);
    };
  }

  private static List<String> some(String[] all, Random random) {
    String[] some = new String[1 + random.nextInt(3)];
    Arrays.setAll(some, i -> all[random.nextInt(all.length)]);
    return List.of(some);
  }

  private static CaveatRequest call(Random random) {
    CaveatRequest call =
        CaveatRequest.of(
                TOOLS[random.nextInt(TOOLS.length)],
                "agent",
                Instant.ofEpochSecond(1_759_999_998 + random.nextInt(6)))
            .withEastWest(random.nextInt(4) == 0)
            .withUnknownRiskIgnored(random.nextBoolean())
            .withRiskScore(random.nextInt(12) - 1);
    return random.nextInt(3) == 0 ? call.withCallee(new Callee("b", "z")) : call;
  }
}
