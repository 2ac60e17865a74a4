/** Everything a gate keeps in a database beside its audit log, opened and closed together. */
@org.jspecify.annotations.NullMarked
package app.intentgate.jdbc.state;
