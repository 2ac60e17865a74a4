package app.intentgate.server.oauth;

import app.intentgate.json.JsonValue;
import app.intentgate.token.Grant;
import app.intentgate.token.TokenException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One rule: which tokens it is for, and what they are given. Immutable.
 *
 * @param name what the audit calls it
 * @param when claims and what they must be, or hold
 * @param subject the agent
 * @param tenant its tenant; null for the default
 * @param zone its zone; null for the default
 * @param tools the tools it may call; null where only servers are named
 * @param deniedTools tools it may not call
 * @param servers the servers it may call; null for any
 * @param limits the limits it gets, by their member
 */
record MappingRule(
    String name,
    Map<String, List<JsonValue>> when,
    Template subject,
    @Nullable Template tenant,
    @Nullable Template zone,
    @Nullable List<Template> tools,
    List<Template> deniedTools,
    @Nullable List<Template> servers,
    Map<RuleLimit, Template> limits) {

  /** A limit that a rule can set. */
  enum RuleLimit {
    MAX_CALLS("max_calls"),
    RATE_PER_MIN("rate_per_min"),
    MAX_CENTS("max_cents");

    private final String member;

    RuleLimit(String member) {
      this.member = member;
    }

    String member() {
      return member;
    }

    private Grant set(Grant grant, long limit) {
      return switch (this) {
        case MAX_CALLS -> grant.maxCalls(limit);
        case RATE_PER_MIN -> grant.ratePerMinute(limit);
        case MAX_CENTS -> grant.maxCents(limit);
      };
    }
  }

  /** Whether the rule is for a token. */
  boolean isFor(Claims claims) {
    return when.entrySet().stream()
        .allMatch(
            claim ->
                claim.getValue().stream().allMatch(value -> claims.holds(claim.getKey(), value)));
  }

  /**
   * What a token is given.
   *
   * @throws OAuthRefusal when it lacks a claim that the rule needs
   */
  Grant grant(Claims claims) {
    try {
      Grant grant = Grant.to(subject.fill(claims)).issuer(claims.required("iss"));
      if (tenant != null) {
        grant = grant.tenant(tenant.fill(claims));
      }
      if (zone != null) {
        grant = grant.zone(zone.fill(claims));
      }
      if (tools != null) {
        grant = grant.tools(fill(tools, claims));
      }
      if (!deniedTools.isEmpty()) {
        grant = grant.denyTools(fill(deniedTools, claims));
      }
      if (servers != null) {
        grant = grant.servers(fill(servers, claims));
      }
      for (Map.Entry<RuleLimit, Template> limit : limits.entrySet()) {
        grant = limit.getKey().set(grant, number(limit.getValue().fill(claims)));
      }
      return grant;
    } catch (TokenException | NumberFormatException e) {
      throw OAuthRefusal.insufficient("what it says cannot be granted by the rule for it");
    }
  }

  private static long number(String text) {
    return Long.parseLong(text);
  }

  private static List<String> fill(List<Template> templates, Claims claims) {
    List<String> out = new ArrayList<>();
    templates.forEach(template -> out.addAll(template.patterns(claims)));
    return out;
  }
}
