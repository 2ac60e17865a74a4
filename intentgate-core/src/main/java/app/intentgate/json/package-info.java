/**
 * One immutable value model for the wire, the policy engine and the audit log, with a strict reader
 * and writers. A value that was read is the value that is checked, forwarded and recorded: nothing
 * converts between rooms.
 */
package app.intentgate.json;
