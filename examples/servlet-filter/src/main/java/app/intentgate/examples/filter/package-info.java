/** A web application that judges the calls of agents itself. */
package app.intentgate.examples.filter;
