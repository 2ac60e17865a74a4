// Official SDK clients with and without the gate, check by check.
import path from 'node:path';
import { run } from './lib.mjs';

const programs = path.join(import.meta.dirname, 'clients');

/** The clients: a name and the words that start one, but for the address and the token. */
function profiles({ node, modules, python }) {
  const typescript = (line, era) => [node, path.join(programs, 'typescript.mjs'), modules, line, era];
  const snake = (line, era) => [python(line), path.join(programs, 'python.py'), line, era];
  return [
    ['TypeScript v1, sessions', typescript('v1', 'legacy')],
    ['TypeScript v2, sessions', typescript('v2', 'legacy')],
    ['TypeScript v2, stateless', typescript('v2', 'modern')],
    ['Python v1, sessions', snake('v1', 'legacy')],
    ['Python v2, sessions', snake('v2', 'legacy')],
    ['Python v2, stateless', snake('v2', 'modern')],
  ];
}

async function results(words, url, token) {
  const { out, err } = await run(words[0], [...words.slice(1), url, token], {
    env: { PYTHONDONTWRITEBYTECODE: '1' },
  });
  const last = out.trim().split('\n').at(-1);
  try {
    return JSON.parse(last);
  } catch {
    return { 'the program itself': `${out}${err}`.slice(-600) };
  }
}

const okay = all => Object.values(all).filter(one => one === 'ok').length;

/** Runs every client against both addresses; rows of the table, and what differs. */
export async function clients(setting, direct, gate) {
  const rows = [];
  const differences = [];
  for (const [name, words] of profiles(setting)) {
    const without = await results(words, direct, 'none');
    const withGate = await results(words, gate.url, gate.token);
    const checks = new Set([...Object.keys(without), ...Object.keys(withGate)]);
    for (const check of checks) {
      if (without[check] !== 'ok' || withGate[check] !== 'ok') {
        differences.push(`${name}, ${check}: ${without[check]} -> ${withGate[check]}`);
      }
    }
    rows.push([name, okay(without), okay(withGate), checks.size]);
  }
  return { rows, differences };
}
