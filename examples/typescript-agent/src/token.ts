// Narrowing a capability token: each restriction is signed with the signature before it.
import { createHmac } from 'node:crypto';

/** What a child may do of what its parent may. */
export interface Limits {
  /** Patterns of tool names, such as `read_*`. */
  tools?: string[];
  maxCalls?: number;
  seconds?: number;
}

interface Token {
  cav: object[];
  sig: string;
}

/**
 * A child of the token, made offline and without a key; nobody can widen it again. The token is not
 * verified here: the gate does that with every call.
 */
export function attenuate(token: string, limits: Limits): string {
  const parent = JSON.parse(Buffer.from(token, 'base64url').toString()) as Token;
  // Members in this order: the signature is over the caveat as it is written.
  const caveats: object[] = [];
  if (limits.tools !== undefined) caveats.push({ t: 'tool_allow', tools: limits.tools });
  if (limits.maxCalls !== undefined) caveats.push({ t: 'max_calls', max_calls: limits.maxCalls });
  if (limits.seconds !== undefined) {
    caveats.push({ t: 'exp', exp: Math.floor(Date.now() / 1000) + limits.seconds });
  }
  const signature = caveats.reduce<Buffer>(
    (key, caveat) => createHmac('sha256', key).update(JSON.stringify(caveat)).digest(),
    Buffer.from(parent.sig, 'base64url'),
  );
  const child = {
    ...parent,
    cav: [...parent.cav, ...caveats],
    sig: signature.toString('base64url'),
  };
  return Buffer.from(JSON.stringify(child)).toString('base64url');
}
