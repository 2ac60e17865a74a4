/**
 * Budgets that several gates share. Each gate takes leases in blocks from a ledger, spends them in
 * memory, and reports what it spent; near a limit blocks shrink to single calls, and a gate that
 * needs what another holds asks for it back. The ledger's arithmetic is in one pure class, so that
 * every database keeps to the same one.
 */
@org.jspecify.annotations.NullMarked
package app.intentgate.jdbc.budget;
