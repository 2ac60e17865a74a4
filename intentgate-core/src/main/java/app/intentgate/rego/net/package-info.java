/**
 * Internet addresses and networks as text and numbers, with Go's rules for what is valid. Nothing
 * here looks a name up or opens a connection.
 */
package app.intentgate.rego.net;
