package app.intentgate.approval;

import java.util.Objects;

/**
 * What an approval is good for: this token, this tool, these exact arguments, under the policy that
 * asked for it (B14).
 *
 * @param tenant the call's tenant
 * @param tokenId the token's jti; empty for a call without a token
 * @param chainId the chain id of the exact token; empty for a call without a token
 * @param agentId the agent
 * @param tool the tool
 * @param argumentsSha256 hex SHA-256 of the arguments with members sorted; numbers as written
 * @param policySha256 hash of the policy that escalated; where a bundle decided, followed by its
 *     name and revision
 */
public record ApprovalBinding(
    String tenant,
    String tokenId,
    String chainId,
    String agentId,
    String tool,
    String argumentsSha256,
    String policySha256) {

  /** Whether the other call is the same but for the policy that judged it. */
  public boolean sameCall(ApprovalBinding other) {
    return Objects.equals(withoutPolicy(), other.withoutPolicy());
  }

  private ApprovalBinding withoutPolicy() {
    return new ApprovalBinding(tenant, tokenId, chainId, agentId, tool, argumentsSha256, "");
  }
}
