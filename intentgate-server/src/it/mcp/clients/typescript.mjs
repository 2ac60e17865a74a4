// An official TypeScript client against the fixture.
// node typescript.mjs MODULES v1|v2 legacy|modern URL TOKEN
import { createRequire } from 'node:module';
import path from 'node:path';
import { expect, failure, runChecks, until, within } from './checks.mjs';

const [modules, line, era, url, token] = process.argv.slice(2);
const require = createRequire(path.join(modules, 'x.js'));
const v1 = line === 'v1';
const legacy = era === 'legacy';
const sdk = v1
  ? {
      ...require('@modelcontextprotocol/sdk/client/index.js'),
      ...require('@modelcontextprotocol/sdk/client/streamableHttp.js'),
    }
  : require('@modelcontextprotocol/client');
const schemas = v1 ? require('@modelcontextprotocol/sdk/types.js') : undefined;

const client = new sdk.Client(
  { name: 'check', version: '1' },
  {
    capabilities: { elicitation: {}, sampling: {}, roots: { listChanged: true } },
    ...(v1 ? {} : { versionNegotiation: { mode: legacy ? 'legacy' : 'auto' } }),
  },
);
const asked = (v1Schema, method) => (v1 ? schemas[v1Schema] : method);
const logged = [];
const updated = [];
client.setNotificationHandler(
  asked('LoggingMessageNotificationSchema', 'notifications/message'),
  message => void logged.push(message),
);
client.setNotificationHandler(
  asked('ResourceUpdatedNotificationSchema', 'notifications/resources/updated'),
  message => void updated.push(message.params.uri),
);
client.setRequestHandler(asked('ElicitRequestSchema', 'elicitation/create'), () => ({
  action: 'accept',
  content: { username: 'Ann', email: 'a@example.org', name: 'Ann' },
}));
client.setRequestHandler(asked('CreateMessageRequestSchema', 'sampling/createMessage'), () => ({
  role: 'assistant',
  model: 'none',
  content: { type: 'text', text: 'Paris' },
}));
client.setRequestHandler(asked('ListRootsRequestSchema', 'roots/list'), () => ({
  roots: [{ uri: 'file:///home/ann', name: 'home' }],
}));

const transport = new sdk.StreamableHTTPClientTransport(new URL(url), {
  requestInit: { headers: { Authorization: `Bearer ${token}` } },
});
const call = (name, args = {}, options) =>
  v1
    ? client.callTool({ name, arguments: args }, undefined, options)
    : client.callTool({ name, arguments: args }, options);
const textOf = result => result.content[0].text;
const said = async (name, args, sentence) => {
  const text = textOf(await call(name, args));
  expect(text.includes(sentence), `said ${text}`);
};
const exact = 'Zoë \u65e5\u672c \u2028 \ud83d\ude00 "\\\n\t\u0001 </x>';
const key = `${process.pid}-${Date.now()}`;

const both = [
  ['tools/list', async () => {
    const { tools } = await client.listTools();
    const region = tools.find(tool => tool.name === 'test_region');
    expect(region.inputSchema.properties.region['x-mcp-header'] === 'Region', 'no x-mcp-header');
    expect(tools.length > 25, `${tools.length} tools`);
  }],
  ['text', () => said('test_simple_text', {}, 'This is a simple text response for testing.')],
  ['exact characters', async () => {
    expect(textOf(await call('echo', { text: exact })) === exact, 'other characters');
  }],
  ['structured', async () => {
    const { structuredContent } = await call('add', { a: 2, b: 40 });
    expect(structuredContent.sum === 42, JSON.stringify(structuredContent));
  }],
  ['image', async () => expect((await call('test_image_content')).content[0].mimeType === 'image/png', 'no image')],
  ['failing tool', async () => expect((await call('test_error_handling')).isError, 'no error')],
  ['unknown tool', async () => {
    const problem = await failure(
      call('no_such_tool').then(result => {
        if (result.isError) throw new Error('isError');
      }),
    );
    expect(problem, 'no problem');
  }],
  ['1.5 MiB', async () => expect(textOf(await call('big', { size: 1_572_864 })).length === 1_572_864, 'cut')],
  ['progress streams', async () => {
    let first = 0;
    await call('slow', { key: `${key}p`, ms: 600 }, { onprogress: () => (first ||= Date.now()) });
    expect(first && Date.now() - first > 200, `first progress ${first ? Date.now() - first : 'never'}`);
  }],
  ['cancellation', async () => {
    const stop = new AbortController();
    const begun = call('slow', { key: `${key}c`, ms: 15_000 }, {
      signal: stop.signal,
      onprogress: () => stop.abort(),
    });
    await failure(begun);
    await until(async () => textOf(await call('was_cancelled', { key: `${key}c` })) === 'true', 'not cancelled');
  }],
  ['concurrent calls', async () => {
    const two = [call('meet', { me: `${key}a`, other: `${key}b` }), call('meet', { me: `${key}b`, other: `${key}a` })];
    await within(8000, Promise.all(two)).then(all => expect(all.every(one => !one.isError), 'they did not meet'));
  }],
  ['resources', async () => {
    const { resources } = await client.listResources();
    expect(resources.some(one => one.uri === 'test://static-text'), 'not listed');
    const { contents } = await client.readResource({ uri: 'test://static-text' });
    expect(contents[0].text.startsWith('This is the content'), 'other text');
  }],
  ['blob', async () => {
    const { contents } = await client.readResource({ uri: 'test://static-binary' });
    expect(contents[0].blob.startsWith('iVBOR'), 'no blob');
  }],
  ['templates', async () => {
    const { resourceTemplates } = await client.listResourceTemplates();
    expect(resourceTemplates[0].uriTemplate === 'test://template/{id}/data', 'not listed');
    const { contents } = await client.readResource({ uri: 'test://template/7/data' });
    expect(JSON.parse(contents[0].text).id === '7', 'other id');
  }],
  ['missing resource', async () => {
    const { code } = await failure(client.readResource({ uri: 'test://none' }));
    expect(code === -32002 || code === -32602, `code ${code}`);
  }],
  ['prompts', async () => {
    expect((await client.listPrompts()).prompts.length >= 5, 'not listed');
    const { messages } = await client.getPrompt({ name: 'test_prompt_with_arguments', arguments: { arg1: 'x', arg2: 'y' } });
    expect(messages[0].content.text.includes("arg1='x', arg2='y'"), 'other prompt');
  }],
  ['completion', async () => {
    const { completion } = await client.complete({
      ref: { type: 'ref/prompt', name: 'test_prompt_with_arguments' },
      argument: { name: 'arg1', value: 'al' },
    });
    expect(completion.values[0] === 'alpha', JSON.stringify(completion));
  }],
];

const sessions = [
  ['initialize', async () => {
    await client.connect(transport);
    expect(client.getServerVersion().name === 'fixture', 'other server');
    expect(client.getInstructions() === 'A server for tests.', 'other instructions');
  }],
  ['session id', async () => expect(transport.sessionId, 'none')],
  ['ping', () => client.ping()],
  ...both,
  ['logging', async () => {
    await client.setLoggingLevel('info');
    await call('test_tool_with_logging');
    await until(() => logged.length >= 3, `${logged.length} messages`);
  }],
  ['elicitation', () => said('test_elicitation', { message: 'who?' }, 'accept')],
  ['sampling', () => said('test_sampling', { prompt: 'capital?' }, 'LLM response: Paris')],
  ['roots on the own stream', () => said('roots', {}, 'file:///home/ann')],
  ['resource updates on the own stream', async () => {
    await client.subscribeResource({ uri: 'test://watched-resource' });
    await call('touch');
    await until(() => updated.includes('test://watched-resource'), 'no update');
    await client.unsubscribeResource({ uri: 'test://watched-resource' });
  }],
  ['resumption', () => said('test_reconnection', {}, 'Reconnection test completed')],
  ['end of the session', async () => {
    const id = transport.sessionId;
    await transport.terminateSession();
    const { status } = await fetch(url, {
      method: 'POST',
      headers: {
        Authorization: `Bearer ${token}`,
        'Content-Type': 'application/json',
        Accept: 'application/json, text/event-stream',
        'Mcp-Session-Id': id,
        'MCP-Protocol-Version': '2025-11-25',
      },
      body: '{"jsonrpc":"2.0","id":9,"method":"tools/list"}',
    });
    expect(status === 404, `status ${status}`);
  }],
];

const stateless = [
  ['discover', async () => {
    await client.connect(transport);
    expect(client.getServerVersion().name === 'fixture', 'other server');
    expect(client.getProtocolEra() === 'modern', `era ${client.getProtocolEra()}`);
  }],
  ['no session id', async () => expect(!transport.sessionId, 'there is one')],
  ...both,
  ['a header of a parameter', () => said('test_region', { region: 'Zürich 日本' }, 'region Zürich 日本')],
  ['elicitation in rounds', () => said('test_input_required_result_elicitation', {}, 'Hello, Ann!')],
  ['sampling in rounds', () => said('test_input_required_result_sampling', {}, 'Paris')],
  ['roots in rounds', () => said('test_input_required_result_list_roots', {}, 'file:///home/ann')],
  ['subscriptions/listen', async () => {
    const open = await client.listen({ resourceSubscriptions: ['test://watched-resource'] });
    await call('touch');
    await until(() => updated.includes('test://watched-resource'), 'no update');
    await open.close();
  }],
];

await runChecks(legacy ? sessions : stateless);
process.exit(0);
