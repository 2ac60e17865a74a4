/**
 * Counting what a token may spend: calls over its life, calls per minute, cost. The store charges
 * all limits of a call together or none of them.
 */
package app.intentgate.budget;
