/** Budgets in a real Redis, which is killed and frozen. */
package app.intentgate.server.redis;
