// A gate as users start it, from the built jar, and a token of it.
import path from 'node:path';
import { randomBytes } from 'node:crypto';
import { awaitHttp, freePort, start } from './lib.mjs';

const here = import.meta.dirname;

/** Starts a gate in front of that MCP address: its address and a token that may call anything. */
export async function startGate(jar, upstream, directory, name) {
  const port = await freePort();
  const admin = randomBytes(18).toString('base64url');
  const gate = start('java', ['-jar', jar], {
    log: path.join(directory, `${name}.log`),
    cwd: directory,
    env: {
      INTENTGATE_ADDR: `127.0.0.1:${port}`,
      INTENTGATE_STORE: 'memory',
      INTENTGATE_MASTER_KEY: randomBytes(32).toString('base64'),
      INTENTGATE_REQUIRE_CAPABILITY: 'true',
      INTENTGATE_ADMIN_TOKEN: admin,
      INTENTGATE_POLICY_FILE: path.join(here, 'policy.rego'),
      INTENTGATE_UPSTREAM_URL: upstream,
    },
  });
  const origin = `http://127.0.0.1:${port}`;
  await awaitHttp(`${origin}/healthz`, gate);
  const minted = await fetch(`${origin}/v1/admin/mint`, {
    method: 'POST',
    headers: { authorization: `Bearer ${admin}`, 'content-type': 'application/json' },
    body: JSON.stringify({ subject: 'conformance', ttl_seconds: 3600 }),
  });
  if (!minted.ok) throw new Error(`no token: ${minted.status} ${await minted.text()}`);
  const { token } = await minted.json();
  return { port, token, url: `${origin}/v1/mcp` };
}
