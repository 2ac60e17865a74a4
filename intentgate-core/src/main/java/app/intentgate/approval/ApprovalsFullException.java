package app.intentgate.approval;

import app.intentgate.store.StoreUnavailableException;
import java.io.Serial;

/**
 * As many calls wait for approval as may, or what they say is as long as may be kept. There is a
 * bound of either for all tenants together, and of it a tenant holds at most as much as is left for
 * the others, so that none can keep them all out. Unlike that of any other {@link
 * StoreUnavailableException} the message may be shown to an agent.
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

  /**
   * Checks that what one more call of a tenant says may be kept while it waits. All are lengths, in
   * whatever unit the store reckons.
   *
   * @param limit how long all calls that wait may be together; one alone an eighth of it
   * @param all how long those are that do
   * @param ofTenant how long those of the tenant are; nothing depends on it while all are shorter
   *     than what is free
   * @param more how long the call is
   * @throws ApprovalsFullException when it may not
   */
  public static void checkLength(long limit, long all, long ofTenant, long more) {
    if (more > limit / 8) {
      throw new ApprovalsFullException("the call is too long to be kept while it waits");
    }
    long free = limit - all;
    if (more > free) {
      throw new ApprovalsFullException("the calls that wait for approval take all the room");
    }
    if (ofTenant > free - more) {
      throw new ApprovalsFullException(
          "calls of this tenant that wait for approval take much room: what is left is for other"
              + " tenants");
    }
  }
}
