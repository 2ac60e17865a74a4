/**
 * Whether what several callers saw of a store at once can be explained by the same operations one
 * after another.
 */
package app.intentgate.jdbc.history;
