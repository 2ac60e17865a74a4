/**
 * Calls that wait for a human: the approval row, what it is bound to, and its store interface. An
 * approval is given once, used once, and only for the very call it was given for (B14).
 */
package app.intentgate.approval;
