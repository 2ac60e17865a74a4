/**
 * What the four checks a call must pass - capability, intent, policy, budget - are told and answer:
 * who calls, what was presented, why a call was refused, and what a program that embeds the gate
 * may plug into them. The checks themselves are not exported.
 */
package app.intentgate.check;
