/** Open calls in a database, for every gate that shares it. */
@org.jspecify.annotations.NullMarked
package app.intentgate.jdbc.opencall;
