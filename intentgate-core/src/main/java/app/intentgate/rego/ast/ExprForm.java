package app.intentgate.rego.ast;

/** What an expression says. */
public sealed interface ExprForm permits TermExpr, CallExpr, SomeDecl, SomeIn, Every, NotBlock {}
