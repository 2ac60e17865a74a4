/** Tests of the house itself: which room may know which, and how large a file may grow. */
package app.intentgate.architecture;
