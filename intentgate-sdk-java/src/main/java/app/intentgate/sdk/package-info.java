/** The client an agent uses to call tools through a gate. */
package app.intentgate.sdk;
