/** Policies over SQL: drafts, slots, history, and which gates have loaded what. */
@org.jspecify.annotations.NullMarked
package app.intentgate.jdbc.policy;
