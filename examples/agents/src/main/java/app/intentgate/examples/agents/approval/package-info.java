/** An agent that waits for a person. */
package app.intentgate.examples.agents.approval;
