/** What tests share: where the golden data lies, and how a run over it is counted and reported. */
package app.intentgate.testing;
