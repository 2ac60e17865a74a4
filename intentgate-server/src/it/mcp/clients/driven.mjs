// What an official client does at a server of the conformance suite: everything the server offers,
// once. Started by the suite, which judges what arrives; with INTENTGATE_JAR a gate lies between.
// node driven.mjs MODULES DIRECTORY URL
import { createRequire } from 'node:module';
import path from 'node:path';
import { startGate } from '../gate.mjs';
import { stopAll } from '../lib.mjs';

const [modules, directory, url] = process.argv.slice(2);
const { INTENTGATE_JAR, MCP_CONFORMANCE_SCENARIO, MCP_CONFORMANCE_CONTEXT } = process.env;
const revision = process.env.MCP_CONFORMANCE_PROTOCOL_VERSION;
const sdk = createRequire(path.join(modules, 'x.js'))('@modelcontextprotocol/client');
const given = JSON.parse(MCP_CONFORMANCE_CONTEXT ?? '{}').toolCalls ?? [];

async function drive() {
  const { url: address, token } = INTENTGATE_JAR
    ? await startGate(INTENTGATE_JAR, url, directory, `gate-${MCP_CONFORMANCE_SCENARIO}`)
    : { url, token: 'none' };
  const client = new sdk.Client(
    { name: 'check', version: '1' },
    {
      capabilities: { elicitation: { form: { applyDefaults: true } }, sampling: {}, roots: {} },
      versionNegotiation: { mode: revision === '2026-07-28' ? { pin: revision } : 'legacy' },
    },
  );
  let tools = [];
  /** The suite judges what was sent; what it answers may be an error on purpose. */
  const attempt = step => step().catch(problem => console.error(String(problem)));
  const call = (name, args) => attempt(() => client.callTool({ name, arguments: args }));
  client.setRequestHandler('elicitation/create', async () => {
    // What belongs to this call must not be carried into another one that is made meanwhile.
    const other = tools.find(tool => tool.name.endsWith('_unrelated'));
    if (other) await call(other.name, {});
    return { action: 'accept', content: {} };
  });

  await client.connect(
    new sdk.StreamableHTTPClientTransport(new URL(address), {
      requestInit: { headers: { Authorization: `Bearer ${token}` } },
    }),
  );
  ({ tools } = await client.listTools());
  for (const { name, inputSchema } of tools) {
    const numbers = Object.keys(inputSchema.properties ?? {}).map((key, at) => [key, at + 3]);
    const made = given.filter(each => each.name === name).map(each => each.arguments);
    for (const args of made.length > 0 ? made : [Object.fromEntries(numbers)]) await call(name, args);
  }
  const { resources, prompts } = client.getServerCapabilities() ?? {};
  if (resources) {
    await attempt(async () => {
      for (const { uri } of (await client.listResources()).resources) await client.readResource({ uri });
    });
  }
  if (prompts) {
    await attempt(async () => {
      for (const { name } of (await client.listPrompts()).prompts) await client.getPrompt({ name });
    });
  }
}

let failed = false;
try {
  await drive();
} catch (problem) {
  console.error(problem);
  failed = true;
} finally {
  stopAll();
}
process.exit(failed ? 1 : 0);
