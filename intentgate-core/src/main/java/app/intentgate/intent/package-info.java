/**
 * The user's own words, turned into the tools a call may and may not use. The extractor is an
 * interface; one that asks a service over HTTP and one that follows written rules come with it.
 */
package app.intentgate.intent;
