package app.intentgate.approval;

/**
 * What an approval is good for: this token, acting for this person, this tool, these exact
 * arguments, under the policy that asked for it (B14).
 *
 * @param tenant the call's tenant
 * @param tokenId the token's jti; empty for a call without a token
 * @param chainId the chain id of the exact token; empty for a call without a token
 * @param agentId the agent
 * @param userSubject the person the agent acts for, as far as that is proved; may be empty
 * @param tool the tool
 * @param argumentsSha256 hex SHA-256 of the arguments with members sorted; numbers as written
 * @param coverSha256 the same of those arguments alone that a standing grant is bound to; empty
 *     where the policy offers none
 * @param policySha256 hash of the policy that escalated; where a bundle decided, followed by its
 *     name and revision
 */
public record ApprovalBinding(
    String tenant,
    String tokenId,
    String chainId,
    String agentId,
    String userSubject,
    String tool,
    String argumentsSha256,
    String coverSha256,
    String policySha256) {

  /** Whether the other call is the same but for the policy that judged it. */
  public boolean sameCall(ApprovalBinding other) {
    return sameCaller(other) && argumentsSha256.equals(other.argumentsSha256);
  }

  /** Whether a standing grant given for this call covers the other one, under whatever policy. */
  public boolean covers(ApprovalBinding other) {
    return sameCaller(other) && !coverSha256.isEmpty() && coverSha256.equals(other.coverSha256);
  }

  private boolean sameCaller(ApprovalBinding other) {
    return tenant.equals(other.tenant)
        && tokenId.equals(other.tokenId)
        && chainId.equals(other.chainId)
        && agentId.equals(other.agentId)
        && userSubject.equals(other.userSubject)
        && tool.equals(other.tool);
  }
}
