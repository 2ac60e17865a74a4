// An agent with the official MCP client: to it, the gate is the server behind it.
//
// Usage: agent.js GATE_URL ADMIN_TOKEN. Prints a line for each thing it tried.
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import {
  StreamableHTTPClientTransport,
  StreamableHTTPError,
} from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { CallToolResultSchema } from '@modelcontextprotocol/sdk/types.js';
import { z } from 'zod';
import { type Call, type Turn, next } from './model.js';
import { attenuate } from './token.js';

const [gateUrl, adminToken] = process.argv.slice(2);
if (gateUrl === undefined || adminToken === undefined) {
  throw new Error('usage: agent.js GATE_URL ADMIN_TOKEN');
}

/** Asks the gate as its operator. */
async function operator(path: string, body: object): Promise<unknown> {
  const response = await fetch(new URL(path, gateUrl), {
    method: 'POST',
    headers: { authorization: `Bearer ${adminToken}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
  return response.json();
}

/** Works with a client that shows that token and, where there is one, the user's words. */
async function connected<T>(token: string, work: (mcp: Client) => Promise<T>, words?: string) {
  const headers: Record<string, string> = { authorization: `Bearer ${token}` };
  if (words !== undefined) headers['x-intent-prompt'] = words;
  const mcp = new Client({ name: 'typescript-agent', version: '1.0.0' });
  try {
    await mcp.connect(
      new StreamableHTTPClientTransport(new URL('/v1/mcp', gateUrl), { requestInit: { headers } }),
    );
    return await work(mcp);
  } finally {
    await mcp.close();
  }
}

const Denial = z.object({ check: z.string(), reason: z.string() });

/** Calls a tool; a refused call is a result, too, with a text that a model can act on. */
async function call(mcp: Client, who: string, wanted: Call): Promise<Turn> {
  const result = CallToolResultSchema.parse(await mcp.callTool({ ...wanted }));
  const text = result.content.map(part => (part.type === 'text' ? part.text : '')).join('\n');
  const denial = Denial.safeParse(result._meta?.['app.intentgate/denial']).data;
  const seen = denial === undefined ? text : `refused (${denial.check}): ${denial.reason}`;
  console.log(`${who}: ${wanted.name} -> ${seen}`);
  return { call: wanted, text, failed: result.isError === true };
}

async function listTools(mcp: Client, who: string): Promise<void> {
  const { tools } = await mcp.listTools();
  console.log(`${who} sees: ${tools.map(tool => tool.name).join(', ')}`);
}

/** The loop of every tool-calling agent: ask the model, call, tell it what came back. */
async function answer(mcp: Client, words: string, invoice: number): Promise<void> {
  const turns: Turn[] = [];
  for (;;) {
    const step = next(invoice, turns);
    if (typeof step === 'string') {
      console.log(`${words}: ${step}`);
      return;
    }
    turns.push(await call(mcp, words, step));
  }
}

const minted = z.object({ token: z.string(), jti: z.string() }).parse(
  await operator('/v1/admin/mint', {
    subject: 'typescript-agent',
    tools: ['read_*', 'record_in_ledger', 'transfer_funds'],
    ttl_seconds: 600,
  }),
);
const own = minted.token;

await connected(own, async mcp => {
  await listTools(mcp, 'the agent');
  await call(mcp, 'the agent', { name: 'delete', arguments: { id: 7 } });
});
for (const [words, invoice] of [['settle invoice 7', 7], ['show invoice 8', 8]] as const) {
  await connected(own, mcp => answer(mcp, words, invoice), words);
}

const child = attenuate(own, { tools: ['read_*', 'odd_<a>&é'], maxCalls: 1, seconds: 300 });
await connected(child, async mcp => {
  await listTools(mcp, 'the sub-agent');
  await call(mcp, 'the sub-agent', { name: 'read_invoice', arguments: { id: 7 } });
  await call(mcp, 'the sub-agent', { name: 'transfer_funds', arguments: { id: 7, amount_eur: 1 } });
  await call(mcp, 'the sub-agent', { name: 'read_invoice', arguments: { id: 7 } });
});

await operator('/v1/admin/revoke', { jti: minted.jti, reason: 'the example is over' });
for (const [who, token] of [['the agent', own], ['the sub-agent', child]] as const) {
  const outcome = await connected(token, async () => 'connected').catch((error: unknown) => {
    if (error instanceof StreamableHTTPError) return `HTTP ${error.code}`;
    throw error;
  });
  console.log(`${who}, revoked: ${outcome}`);
}
