package app.intentgate.rego.parse;

import java.util.List;

/**
 * A token.
 *
 * @param kind its kind; words are {@link Tok#IDENT} here, the parser knows which are keywords
 * @param text its text; without delimiters for parts of template strings, with them for strings
 * @param at where it starts
 * @param next where what follows it starts
 * @param errors what is wrong with it
 */
record Token(Tok kind, String text, Mark at, Mark next, List<String> errors) {}
