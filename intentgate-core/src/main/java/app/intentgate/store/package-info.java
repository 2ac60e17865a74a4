/**
 * What every store has in common: how it says that it cannot answer. A check that meets this
 * refuses the call.
 */
package app.intentgate.store;
