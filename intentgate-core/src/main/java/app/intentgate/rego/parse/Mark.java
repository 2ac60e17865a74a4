package app.intentgate.rego.parse;

/**
 * A position in a source. A line break counts as column 0 of the row that it starts, and the end of
 * the source has the position of the last character.
 *
 * @param offset index of the character, in UTF-16 units
 * @param row its row, from 1
 * @param col its column, in code points, from 1
 */
record Mark(int offset, int row, int col) {}
