package app.intentgate.approval;

import org.jspecify.annotations.Nullable;

/**
 * Which rows are wanted, newest first.
 *
 * @param tenant only those of this tenant, or null for all
 * @param status only those with this status as it is on the wire, or null for all
 * @param tool only those for this tool, or null for all
 * @param agentId only those of this agent, or null for all
 * @param standingOnly only standing grants
 * @param limit how many at most
 * @param offset how many to pass over
 */
public record ApprovalQuery(
    @Nullable String tenant,
    @Nullable String status,
    @Nullable String tool,
    @Nullable String agentId,
    boolean standingOnly,
    int limit,
    int offset) {
  /** Every row, up to a number. */
  public static ApprovalQuery newest(int limit) {
    return new ApprovalQuery(null, null, null, null, false, limit, 0);
  }

  /** These rows of one tenant; null for all. */
  public ApprovalQuery ofTenant(@Nullable String wanted) {
    return new ApprovalQuery(wanted, status, tool, agentId, standingOnly, limit, offset);
  }

  /** Those with a status as it is on the wire; null for all. */
  public ApprovalQuery withStatus(@Nullable String wanted) {
    return new ApprovalQuery(tenant, wanted, tool, agentId, standingOnly, limit, offset);
  }

  /** Those for a tool; null for all. */
  public ApprovalQuery forTool(@Nullable String wanted) {
    return new ApprovalQuery(tenant, status, wanted, agentId, standingOnly, limit, offset);
  }

  /** Those of an agent; null for all. */
  public ApprovalQuery ofAgent(@Nullable String wanted) {
    return new ApprovalQuery(tenant, status, tool, wanted, standingOnly, limit, offset);
  }

  /** Only standing grants. */
  public ApprovalQuery standing() {
    return new ApprovalQuery(tenant, status, tool, agentId, true, limit, offset);
  }

  /** Those after the first so many. */
  public ApprovalQuery from(int skipped) {
    return new ApprovalQuery(tenant, status, tool, agentId, standingOnly, limit, skipped);
  }

  /** Whether a row is wanted, its place in the list aside. */
  public boolean matches(Approval row) {
    return (tenant == null || tenant.equals(row.binding().tenant()))
        && (status == null || status.equals(row.status().wireName()))
        && (tool == null || tool.equals(row.binding().tool()))
        && (agentId == null || agentId.equals(row.binding().agentId()))
        && (!standingOnly || row.isStandingGrant());
  }
}
