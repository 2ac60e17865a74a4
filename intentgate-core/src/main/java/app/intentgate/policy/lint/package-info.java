/**
 * Looks at a policy's source for what compiles and yet cannot be meant: rules that never hold, a
 * missing default, members of the input that no call has, misspelt members of the decision.
 */
package app.intentgate.policy.lint;
