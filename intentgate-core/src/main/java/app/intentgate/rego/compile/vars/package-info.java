/**
 * What expressions do with variables: which occur in them, which a unification or a call binds, and
 * in what order a body can be evaluated so that every variable has a value where one is needed.
 */
package app.intentgate.rego.compile.vars;
