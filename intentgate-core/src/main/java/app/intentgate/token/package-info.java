/**
 * Capability tokens: what an agent may do, signed by a chain of HMACs that anybody can make
 * narrower and nobody can make wider. Grants are minted and tokens attenuated, decoded and verified
 * here, and their caveats judged against a call; who calls and what happens then is for others.
 */
package app.intentgate.token;
