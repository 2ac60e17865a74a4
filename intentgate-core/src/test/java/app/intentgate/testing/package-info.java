/**
 * What tests share: where the golden data lies, how a run over it is counted and reported, and how
 * a test waits.
 */
package app.intentgate.testing;
