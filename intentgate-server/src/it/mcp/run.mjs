// Official clients, servers and the conformance suite, with and without the gate.
// Called by run.sh, which installs them; see docs/mcp.md.
import path from 'node:path';
import { awaitHttp, freePort, start, stopAll } from './lib.mjs';
import { startGate } from './gate.mjs';
import { conformance } from './conformance.mjs';
import { conformanceClient } from './conformance-client.mjs';
import { clients } from './clients.mjs';
import { inspector } from './inspector.mjs';

const here = import.meta.dirname;
const [jar, directory, ...parts] = process.argv.slice(2);
const modules = path.join(directory, 'npm/node_modules');
const setting = {
  node: process.execPath,
  jar,
  directory,
  modules,
  suite: path.join(modules, '@modelcontextprotocol/conformance'),
  python: version => path.join(directory, `python-${version}/bin/python`),
};

async function fixture() {
  const port = await freePort();
  const server = start(setting.python('v2'), [path.join(here, 'servers/fixture.py'), String(port)], {
    log: path.join(directory, 'fixture.log'),
    env: { PYTHONDONTWRITEBYTECODE: '1' },
  });
  const url = `http://127.0.0.1:${port}/mcp`;
  await awaitHttp(url, server);
  return url;
}

let failed = false;
try {
  const direct = await fixture();
  const gate = await startGate(jar, direct, directory, 'gate');
  const asked = name => parts.length === 0 || parts.includes(name);
  const results = [];
  if (asked('conformance')) results.push(await conformance(setting, direct, gate));
  if (asked('conformance-client')) results.push(await conformanceClient(setting));
  if (asked('clients')) results.push(await clients(setting, direct, gate));
  if (asked('inspector')) results.push(await inspector(setting, direct, gate));
  const rows = results.flatMap(result => result.rows);
  const differences = results.flatMap(result => result.differences);
  console.log('| checks | without the gate | through the gate | of |\n|---|---|---|---|');
  for (const row of rows) console.log(`| ${row.join(' | ')} |`);
  for (const line of differences) console.log(`differs: ${line}`);
  failed = differences.length > 0 || rows.some(([, a, b, of]) => a !== of || b !== of);
} catch (problem) {
  console.error(problem);
  failed = true;
} finally {
  stopAll();
}
process.exit(failed ? 1 : 0);
