/** An agent that gives a sub-agent less than it has itself. */
package app.intentgate.examples.agents.subagent;
