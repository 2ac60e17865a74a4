/** Approvals over SQL: rows that are decided once, and gates that hear of it. */
@org.jspecify.annotations.NullMarked
package app.intentgate.jdbc.approval;
