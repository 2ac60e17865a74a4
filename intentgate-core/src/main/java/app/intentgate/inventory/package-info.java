/**
 * What the audit log tells of the agents on a network: who they are, what they use, who calls whom,
 * and what a call would do. Reads events; decides nothing.
 */
package app.intentgate.inventory;
