/**
 * What an observed evaluation tells, as data: which rules were tried, which expressions held or
 * failed and with which values; and what is made of it: a tree for policy authors, line coverage, a
 * profile. An evaluation that nobody observes pays nothing for it.
 */
package app.intentgate.rego.trace;
