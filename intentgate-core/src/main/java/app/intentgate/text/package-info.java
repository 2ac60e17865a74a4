/** What several rooms know of texts: how Go quotes them, and whether UTF-8 can hold them. */
package app.intentgate.text;
