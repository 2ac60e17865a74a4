/**
 * Evaluates policies on calls that were recorded, or made up: dry runs with what they would change,
 * and why a policy decides as it does.
 */
package app.intentgate.policy.replay;
