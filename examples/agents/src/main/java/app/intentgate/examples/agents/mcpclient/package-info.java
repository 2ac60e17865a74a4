/** The official MCP client in front of a gate. */
package app.intentgate.examples.agents.mcpclient;
