/**
 * Times and durations as text, by the layouts and rules of Go's {@code time}: a layout is a sample
 * that shows how {@code Mon Jan 2 15:04:05 MST 2006} would be written.
 */
package app.intentgate.rego.time;
