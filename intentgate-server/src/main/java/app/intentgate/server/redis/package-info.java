/**
 * Budgets in Redis, for deployments that keep them there: one script, one round trip for a call.
 */
@org.jspecify.annotations.NullMarked
package app.intentgate.server.redis;
