/**
 * What tests share: where the golden data lies, how a run over it is counted and reported, how a
 * test waits, and how the Java that documents show is compiled and run.
 */
package app.intentgate.testing;
