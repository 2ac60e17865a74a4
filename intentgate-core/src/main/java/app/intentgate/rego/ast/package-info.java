/**
 * The syntax tree of Rego: modules, rules, expressions and terms. Every node is immutable and knows
 * where it was written; equality ignores that place. Parsing makes trees, compiler passes make new
 * ones from them.
 *
 * <p>In short: a {@link app.intentgate.rego.ast.RegoModule} has {@link
 * app.intentgate.rego.ast.Rule}s; a rule has a {@link app.intentgate.rego.ast.Head} and a {@link
 * app.intentgate.rego.ast.Body} of {@link app.intentgate.rego.ast.Expr}essions; an expression has
 * one of six {@linkplain app.intentgate.rego.ast.ExprForm forms}, most of which hold {@link
 * app.intentgate.rego.ast.Term}s. {@link app.intentgate.rego.ast.AstTransformer} rewrites, {@link
 * app.intentgate.rego.ast.AstVisitor} looks, {@link app.intentgate.rego.ast.AstPrinter} prints as
 * error messages do.
 */
package app.intentgate.rego.ast;
