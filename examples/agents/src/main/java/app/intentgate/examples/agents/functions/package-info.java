/** A function-calling loop of one's own, with a scripted model. */
package app.intentgate.examples.agents.functions;
