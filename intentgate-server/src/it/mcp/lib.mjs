// What the programs of these tests share: processes, ports, waiting, HTTP.
import { spawn } from 'node:child_process';
import { openSync } from 'node:fs';
import { createServer } from 'node:net';

const started = [];

/** A port that is free now. */
export function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.on('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}

/** Starts a process whose output goes to a file; it is ended with this program. */
export function start(command, words, { log, env = {}, cwd } = {}) {
  const out = openSync(log, 'a');
  const child = spawn(command, words, {
    cwd,
    env: { ...process.env, ...env },
    stdio: ['ignore', out, out],
  });
  started.push(child);
  return child;
}

/** Runs a process to its end: its exit code and what it printed. */
export function run(command, words, { env = {}, cwd, millis = 120_000 } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, words, { cwd, env: { ...process.env, ...env } });
    started.push(child);
    let out = '';
    let err = '';
    const timer = setTimeout(() => child.kill('SIGKILL'), millis);
    child.stdout.on('data', data => (out += data));
    child.stderr.on('data', data => (err += data));
    child.on('error', reject);
    child.on('close', code => {
      clearTimeout(timer);
      resolve({ code, out, err });
    });
  });
}

/** Waits until something answers on that address, whatever it says. */
export async function awaitHttp(url, child, millis = 60_000) {
  const until = Date.now() + millis;
  while (Date.now() < until) {
    if (child.exitCode !== null) {
      throw new Error(`${child.spawnfile} ended with ${child.exitCode} before ${url} answered`);
    }
    try {
      await (await fetch(url)).body?.cancel();
      return;
    } catch {
      await new Promise(wake => setTimeout(wake, 100));
    }
  }
  throw new Error(`nothing answers on ${url}`);
}

/** Ends every process that was started here. */
export function stopAll() {
  for (const child of started) {
    if (child.exitCode === null) child.kill('SIGTERM');
  }
}
