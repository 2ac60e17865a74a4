package app.intentgate.check.run;

import static app.intentgate.check.run.Callers.grant;
import static app.intentgate.check.run.Callers.holding;
import static app.intentgate.check.run.Callers.mint;
import static org.assertj.core.api.Assertions.assertThat;

import app.intentgate.check.Caller;
import app.intentgate.check.PolicyVerdict;
import app.intentgate.json.JsonReader;
import app.intentgate.policy.PolicyBundle;
import app.intentgate.policy.PolicyDecision;
import app.intentgate.token.CapabilityToken;
import app.intentgate.token.Caveat;
import app.intentgate.token.OnBehalfOf;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CallerTest {
  @Test
  void nobody_known_has_no_name_and_no_limits() {
    Caller nobody = Caller.ANONYMOUS;
    assertThat(nobody.isAuthenticated()).isFalse();
    assertThat(nobody.token()).isNull();
    assertThat(nobody.user()).isNull();
    assertThat(
            List.of(
                nobody.agentId(),
                nobody.tenant(),
                nobody.zone(),
                nobody.tokenId(),
                nobody.rootTokenId(),
                nobody.chainId()))
        .containsOnly("");
    assertThat(nobody.caveatCount()).isZero();
    assertThat(nobody.stepUpAt()).isZero();
    assertThat(nobody.limits()).isEmpty();
    assertThat(nobody.expiresAt()).isNull();
  }

  @Test
  void the_holder_of_a_token_is_what_the_token_says() {
    CapabilityToken root = mint(grant().zone("finance").maxCalls(9).stepUp());
    CapabilityToken token = root.attenuate(new Caveat.MaxCalls(3));
    Caller caller = holding(token);
    assertThat(caller.isAuthenticated()).isTrue();
    assertThat(caller.zone()).isEqualTo("finance");
    assertThat(caller.tokenId()).isEqualTo(token.id());
    assertThat(caller.rootTokenId()).isEqualTo(root.id());
    assertThat(caller.chainId()).isEqualTo(token.chainId()).isNotEqualTo(root.chainId());
    assertThat(caller.caveatCount()).isEqualTo(token.caveats().size());
    assertThat(caller.stepUpAt()).isEqualTo(Callers.NOW.getEpochSecond());
    assertThat(caller.limits()).hasSize(2);
    assertThat(caller.expiresAt()).isNull();
  }

  @Test
  void a_token_ends_with_the_first_of_its_ends() {
    for (long[] ends : new long[][] {{20, 10}, {10, 20}, {10, 10}}) {
      assertThat(
              holding(
                      grant()
                          .caveat(new Caveat.Expiry(Callers.NOW.getEpochSecond() + ends[0]))
                          .caveat(new Caveat.Expiry(Callers.NOW.getEpochSecond() + ends[1])))
                  .expiresAt())
          .isEqualTo(Callers.NOW.getEpochSecond() + 10);
    }
  }

  @Test
  void acting_for_someone_changes_nothing_else() {
    OnBehalfOf.Principal maria = new OnBehalfOf.Principal("bot", "maria", Map.of());
    Caller caller = holding(grant());
    assertThat(caller.actingFor(maria).user()).isEqualTo(maria);
    assertThat(caller.actingFor(maria).token()).isSameAs(caller.token());
    assertThat(caller.user()).isNull();
  }

  @Test
  void an_approval_is_bound_to_the_bundle_that_asked_where_there_is_one_B14() {
    PolicyDecision decision = PolicyDecision.of(JsonReader.parse("{\"allow\": true}"));
    assertThat(ApprovalBindings.identity(new PolicyVerdict("5eed", decision))).isEqualTo("5eed");
    PolicyBundle bundle = new PolicyBundle("authz", "r7");
    PolicyVerdict bundled = new PolicyVerdict("5eed", decision.by(bundle));
    assertThat(ApprovalBindings.identity(bundled)).isEqualTo("5eed authz r7");
    assertThat(bundled.bundle()).isEqualTo(bundle);
    PolicyVerdict none = new PolicyVerdict("5eed", null);
    assertThat(none.bundle()).isNull();
    assertThat(none.reason()).isEmpty();
    assertThat(none.requiresStepUp()).isFalse();
    assertThat(none.approval()).isEqualTo(app.intentgate.approval.ApprovalTerms.DEFAULT);
  }
}
