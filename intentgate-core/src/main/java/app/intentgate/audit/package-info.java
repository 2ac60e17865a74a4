/**
 * What was decided, kept so that nobody can change it unseen: the audit event, the hash chain it
 * joins per tenant, the writer that makes it durable before a decision is answered, and the
 * verification that anyone can repeat. Stores implement {@link app.intentgate.audit.AuditStore};
 * one that keeps a file is here, one in memory is in {@code app.intentgate.memory}.
 */
package app.intentgate.audit;
