package app.intentgate.approval;

import app.intentgate.store.StoreUnavailableException;
import java.io.Serial;

/**
 * As many calls wait for approval as may. There is a bound for all tenants together, and of it a
 * tenant holds at most as much as is left for the others, so that none can keep them all out.
 * Unlike that of any other {@link StoreUnavailableException} the message may be shown to an agent.
 */
public final class ApprovalsFullException extends StoreUnavailableException {
  @Serial private static final long serialVersionUID = 1;

  private ApprovalsFullException(String message) {
    super(message);
  }

  /**
   * Checks that one more call of a tenant may wait.
   *
   * @param limit how many may wait in all
   * @param all how many do
   * @param ofTenant how many of them are the tenant's; nothing depends on it while fewer wait than
   *     are free
   * @throws ApprovalsFullException when it may not
   */
  public static void check(int limit, int all, int ofTenant) {
    int free = limit - all;
    if (free <= 0) {
      throw new ApprovalsFullException("all " + limit + " places for approvals are taken");
    }
    if (ofTenant >= free) {
      throw new ApprovalsFullException(
          "too many calls of this tenant wait for approval: the "
              + free
              + " places left are for other tenants");
    }
  }
}
