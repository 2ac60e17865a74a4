/**
 * The gate's figures for Prometheus: the contract's series with their names, labels and buckets,
 * and ours beside them. No label carries a tenant, an agent or a tool.
 */
@NullMarked
package app.intentgate.server.metrics;

import org.jspecify.annotations.NullMarked;
