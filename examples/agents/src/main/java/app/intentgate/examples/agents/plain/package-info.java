/** An agent with nothing but the JDK's HTTP client. */
package app.intentgate.examples.agents.plain;
