// The Inspector's command line in front of the fixture and of server-everything, with and without
// the gate: what it prints has to be the same.
import path from 'node:path';
import { awaitHttp, freePort, run, start } from './lib.mjs';
import { startGate } from './gate.mjs';

const call = (tool, ...args) =>
  ['--method', 'tools/call', '--tool-name', tool, ...args.flatMap(each => ['--tool-arg', each])];
const method = name => ['--method', name];
const lists = ['tools/list', 'resources/list', 'resources/templates/list', 'prompts/list'].map(method);

const ofFixture = [
  ...lists,
  call('test_simple_text'),
  call('echo', 'text=Zoë 日本'),
  call('add', 'a=2', 'b=40'),
  call('test_error_handling'),
  [...method('resources/read'), '--uri', 'test://static-text'],
  [...method('prompts/get'), '--prompt-name', 'test_prompt_with_arguments', '--prompt-args', 'arg1=x', 'arg2=y'],
];
const ofEverything = [
  ...lists,
  call('echo', 'message=Zoë 日本'),
  call('get-sum', 'a=2', 'b=40'),
  call('get-structured-content', 'location=Chicago'),
  call('get-tiny-image'),
  call('get-annotated-message', 'messageType=error', 'includeImage=true'),
  call('get-resource-links', 'count=3'),
  call('get-resource-reference', 'resourceType=Text', 'resourceId=1'),
  call('trigger-long-running-operation', 'duration=1', 'steps=4'),
  [...method('resources/read'), '--uri', 'demo://resource/static/document/features.md'],
  [...method('prompts/get'), '--prompt-name', 'simple-prompt'],
];

/** What differs by its nature: what the gate adds to results, and times. */
function comparable(text) {
  let value;
  try {
    value = JSON.parse(text);
  } catch {
    return text.trim();
  }
  const clean = node => {
    if (Array.isArray(node)) return node.map(clean);
    if (node === null || typeof node !== 'object') return node;
    const kept = Object.entries(node).filter(([name]) => name !== '_intentgate' && name !== 'cacheScope');
    return Object.fromEntries(kept.map(([name, child]) => [name, clean(child)]));
  };
  return JSON.stringify(clean(value)).replace(/\d?\d:\d\d:\d\d[^"]*?(?=")/g, 'TIME');
}

async function everything({ node, modules, directory }) {
  const port = await freePort();
  const program = path.join(modules, '@modelcontextprotocol/server-everything/dist/index.js');
  const server = start(
    node,
    ['--import', path.join(import.meta.dirname, 'loopback.mjs'), program, 'streamableHttp'],
    { log: path.join(directory, 'everything.log'), env: { PORT: String(port) } },
  );
  const url = `http://127.0.0.1:${port}/mcp`;
  await awaitHttp(url, server);
  return url;
}

/** Runs the commands against both addresses; rows of the table, and what differs. */
export async function inspector(setting, direct, gate) {
  const other = await everything(setting);
  const gateOfOther = await startGate(setting.jar, other, setting.directory, 'gate-everything');
  const launcher = path.join(
    setting.modules, '@modelcontextprotocol/inspector/clients/launcher/build/index.js');
  const ask = (url, token, words) =>
    run(
      setting.node,
      [launcher, '--cli', url, '--transport', 'http', '--header', `Authorization: Bearer ${token}`, ...words],
      { millis: 60_000 },
    );
  const rows = [];
  const differences = [];
  for (const [name, url, through, commands, era] of [
    ['fixture, sessions', direct, gate, ofFixture, []],
    ['fixture, stateless', direct, gate, ofFixture, ['--protocol-era', 'modern']],
    ['server-everything', other, gateOfOther, ofEverything, []],
  ]) {
    let [without, withGate] = [0, 0];
    for (const words of commands) {
      const one = await ask(url, 'none', [...words, ...era]);
      const two = await ask(through.url, through.token, [...words, ...era]);
      // A tool that fails ends the program with a code of its own; what it said is printed first.
      const said = ({ code, out }) => `${code} ${comparable(out)}`;
      if (one.out.trim()) without++;
      if (one.out.trim() && said(one) === said(two)) withGate++;
      else {
        differences.push(
          `Inspector, ${name}, ${words.join(' ')}: ${said(one).slice(0, 300)} -> ${said(two).slice(0, 300)} ${two.err.slice(0, 300)}`,
        );
      }
    }
    rows.push([`Inspector, ${name}`, without, withGate, commands.length]);
  }
  return { rows, differences };
}
