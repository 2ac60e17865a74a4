package app.intentgate.audit;

import org.jspecify.annotations.Nullable;

/**
 * How an audit store is.
 *
 * @param available whether the last attempt to write succeeded
 * @param problem what is wrong when it did not, for the operator; null otherwise
 * @param pending how many events wait to become durable
 * @param appended how many became durable since the store was opened
 * @param failed how many could not be stored and were refused
 * @param verified how many stored events were verified since the store was opened
 * @param toVerify how many more the verification at opening still has before it
 * @param broken the first broken event that verification found; null when none
 */
public record AuditHealth(
    boolean available,
    @Nullable String problem,
    long pending,
    long appended,
    long failed,
    long verified,
    long toVerify,
    @Nullable BrokenEvent broken) {}
