package app.intentgate.server.admin;

import app.intentgate.operator.OperatorAccounts;
import app.intentgate.policy.lifecycle.PolicyCompiler;
import app.intentgate.server.config.ApprovalSettings;
import app.intentgate.server.config.CheckSettings;
import app.intentgate.server.config.PolicySettings;
import app.intentgate.server.consent.ConsentLinks;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Every feature that operators have routes for, put together. */
final class AdminFeatures {
  private AdminFeatures() {}

  /** The features. */
  static List<RouteGroup> of(AdminServices services) {
    PolicyWork work = new PolicyWork();
    PolicyDesk policies = new PolicyDesk(services.policies(), work, services.maxBody());
    Idempotency once = new Idempotency(services.maxBody(), System::nanoTime);
    return List.of(
        once.of(new MintRoute(services.gate(), services.credentials().keys(), services.maxBody())),
        new RevocationRoutes(services.gate(), services.maxBody()),
        new TokensRoute(services.gate()),
        new CheckRoute(services.gate(), services.maxBody()),
        new AuditRoutes(services.gate()),
        new AuditExportRoute(services.gate(), services.checkpoints()),
        new AuditStreamRoute(services.gate()),
        new CheckpointRoutes(services.checkpoints()),
        new ProofRoute(
            services.gate(),
            services.checkpoints().key(),
            services.credentials().keys(),
            services.maxBody()),
        new InventoryRoutes(
            services.gate(), services.config().get(CheckSettings.EASTWEST_AGENT_PREFIX)),
        new TenantsRoute(services.gate(), services.credentials().tenantAdmins().keySet()),
        new IntegrationsRoute(services.config()),
        new UpstreamsRoute(services.upstreams()),
        new ToolPinRoutes(services.pins(), services.maxBody()),
        new PreviewRoute(services.maxBody()),
        new KillSwitchRoutes(services.gate(), services.maxBody()),
        once.of(new ExceptionRoute(services.gate(), services.maxBody())),
        new DryRunRoute(services.gate(), compiler(services), work, services.maxBody()),
        new DecisionRoute(
            services.gate(),
            services.policies(),
            services.config().find(PolicySettings.POLICY_FILE),
            work),
        new PolicyDraftRoutes(policies),
        once.of(new PolicyActiveRoutes(policies)),
        new PolicyReviewRoutes(policies),
        new PolicyShadowRoutes(policies),
        new ApprovalRoutes(
            services.gate().approvalActions(),
            services.operators(),
            consentLinks(services),
            services.maxBody()),
        new ApprovalStreamRoute(services.gate().approvalActions()),
        new OperatorRoutes(accounts(services), services.maxBody()));
  }

  private static PolicyCompiler compiler(AdminServices services) {
    return new PolicyCompiler(
        Duration.ofMillis(services.config().get(PolicySettings.POLICY_TIMEOUT_MS)));
  }

  private static @Nullable ConsentLinks consentLinks(AdminServices services) {
    URI url = services.config().find(ApprovalSettings.PUBLIC_URL);
    return url == null ? null : new ConsentLinks(services.credentials().keys(), url);
  }

  private static OperatorAccounts accounts(AdminServices services) {
    return new OperatorAccounts(
        services.operators(), services.gate().audit(), Clock.systemUTC(), new SecureRandom());
  }
}
