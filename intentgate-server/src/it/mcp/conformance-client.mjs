// The suite's test servers in front of an official client, alone and by way of the gate: what the
// gate sends has to be judged as what the client sends.
import { mkdirSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { run } from './lib.mjs';

const program = path.join(import.meta.dirname, 'clients/driven.mjs');
const scenarios = [
  'initialize',
  'tools_call',
  'sse-retry',
  'elicitation-sep1034-client-defaults',
  'request-metadata',
  'http-standard-headers',
  'http-custom-headers',
  'sep-2322-client-request-state',
];

/** The checks of one run that judged something: "check#nth" to its status. */
async function checks({ node, modules, suite, directory, jar }, scenario, gated) {
  const output = path.join(directory, 'conformance-client', gated ? 'gate' : 'direct', scenario);
  rmSync(output, { recursive: true, force: true });
  mkdirSync(output, { recursive: true });
  const { out, err } = await run(
    node,
    [path.join(suite, 'dist/index.js'), 'client', '--scenario', scenario]
      .concat(['--command', [node, program, modules, directory].join(' ')])
      .concat(['--timeout', '90000', '--output-dir', output]),
    { millis: 120_000, env: gated ? { INTENTGATE_JAR: jar } : {} },
  );
  const folder = readdirSync(output).at(0);
  if (!folder) return new Map([['the suite itself', `${out}${err}`.slice(-300)]]);
  const found = new Map();
  const seen = new Map();
  for (const { id, status } of JSON.parse(readFileSync(path.join(output, folder, 'checks.json'), 'utf8'))) {
    const nth = (seen.get(id) ?? 0) + 1;
    seen.set(id, nth);
    if (status !== 'INFO' && status !== 'SKIPPED') found.set(`${id}#${nth}`, status);
  }
  return found;
}

const passed = all => [...all.values()].filter(status => status === 'SUCCESS').length;

/** Runs the scenarios that concern a gate; rows of the table, and what differs. */
export async function conformanceClient(setting) {
  const rows = [];
  const differences = [];
  for (const scenario of scenarios) {
    const without = await checks(setting, scenario, false);
    const withGate = await checks(setting, scenario, true);
    const all = new Set([...without.keys(), ...withGate.keys()]);
    for (const check of all) {
      if (without.get(check) !== 'SUCCESS' || withGate.get(check) !== 'SUCCESS') {
        differences.push(
          `client ${scenario} ${check}: ${without.get(check) ?? 'absent'} -> ${withGate.get(check) ?? 'absent'}`,
        );
      }
    }
    rows.push([`conformance, client: ${scenario}`, passed(without), passed(withGate), all.size]);
  }
  return { rows, differences };
}
