/** Tests of what the engine and its embedder share. */
package app.intentgate.rego.spi;
