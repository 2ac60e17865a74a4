/** Properties that planning must keep: what makes evaluation fast changes no answer. */
package app.intentgate.rego.plan;
