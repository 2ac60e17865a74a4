// The official conformance suite with and without the gate, check by check.
import { mkdirSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { awaitHttp, freePort, run, start } from './lib.mjs';

const wanted = { '2025-11-25': 70, '2026-07-28': 120 };
const unscored = [
  'server-session-lifecycle',
  'server-sse-polling',
  'json-schema-2020-12',
  'http-header-validation',
  'http-custom-header-server-validation',
];

/** The scenarios that a revision requires of a server, from the suite's own frozen list. */
function required(suite, revision) {
  const lines = readFileSync(path.join(suite, 'requirements', `${revision}.yaml`), 'utf8').split('\n');
  const first = lines.indexOf('server:') + 1;
  const names = [];
  for (const line of lines.slice(first)) {
    if (/^\S/.test(line) && !line.startsWith('#')) break;
    const name = /^ {2}- ([\w-]+)\s*$/.exec(line);
    if (name) names.push(name[1]);
  }
  return new Set(names);
}

/** Every check of a run that judged something: "scenario/check#nth" to its status. */
function checks(directory) {
  const found = new Map();
  for (const folder of readdirSync(directory)) {
    const scenario = /^server-(.*)-\d{4}-\d\d-\d\dT/.exec(folder)?.[1];
    if (!scenario) continue;
    const seen = new Map();
    const rows = JSON.parse(readFileSync(path.join(directory, folder, 'checks.json'), 'utf8'));
    for (const { id, status, errorMessage } of rows) {
      const nth = (seen.get(id) ?? 0) + 1;
      seen.set(id, nth);
      if (status === 'INFO' || status === 'SKIPPED') continue;
      found.set(`${scenario}/${id}#${nth}`, { scenario, status, errorMessage });
    }
  }
  return found;
}

async function suiteRun({ node, suite, directory }, name, url, revision) {
  const output = path.join(directory, 'conformance', name, revision);
  rmSync(output, { recursive: true, force: true });
  mkdirSync(output, { recursive: true });
  await run(
    node,
    [path.join(suite, 'dist/index.js'), 'server', '--url', url, '--requirements', revision]
      .concat(['--timeout', '20000', '--output-dir', output]),
    { millis: 300_000 },
  );
  return checks(output);
}

const passed = all => [...all].filter(({ status }) => status === 'SUCCESS').length;

/** Runs both revisions against both addresses; rows of the table, and what differs. */
export async function conformance(setting, direct, gate) {
  const port = await freePort();
  const proxy = start(
    setting.node,
    [path.join(import.meta.dirname, 'token-proxy.mjs'), port, gate.port, gate.token].map(String),
    { log: path.join(setting.directory, 'proxy.log') },
  );
  await awaitHttp(`http://127.0.0.1:${port}/healthz`, proxy);
  const rows = [];
  const differences = [];
  for (const revision of Object.keys(wanted)) {
    const without = await suiteRun(setting, 'direct', direct, revision);
    const withGate = await suiteRun(setting, 'gate', `http://127.0.0.1:${port}/v1/mcp`, revision);
    for (const key of new Set([...without.keys(), ...withGate.keys()])) {
      const [a, b] = [without.get(key), withGate.get(key)];
      if (a?.status !== b?.status) {
        differences.push(
          `${revision} ${key}: ${a?.status ?? 'absent'} -> ${b?.status ?? 'absent'} ${b?.errorMessage ?? ''}`,
        );
      }
    }
    const needs = required(setting.suite, revision);
    const scored = all => [...all.values()].filter(check => needs.has(check.scenario));
    const [a, b] = [scored(without), scored(withGate)];
    rows.push([`conformance ${revision}, ${needs.size} scenarios`, passed(a), passed(b), wanted[revision]]);
    if (passed(b) !== b.length) {
      differences.push(`${revision}: ${b.length - passed(b)} required checks do not succeed`);
    }
    for (const scenario of unscored) {
      const of = all => [...all.values()].filter(check => check.scenario === scenario);
      const [c, d] = [of(without), of(withGate)];
      if (c.length > 0) rows.push([`${scenario} (${revision})`, passed(c), passed(d), c.length]);
    }
  }
  return { rows, differences };
}
