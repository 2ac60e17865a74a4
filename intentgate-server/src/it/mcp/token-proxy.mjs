// Adds a token to what passes: the conformance suite has no option for headers.
// node token-proxy.mjs PORT TARGET_PORT TOKEN
import http from 'node:http';

const [port, target, token] = process.argv.slice(2);
const agent = new http.Agent({ keepAlive: false });

http
  .createServer((request, response) => {
    const onward = http.request(
      {
        host: '127.0.0.1',
        port: Number(target),
        method: request.method,
        path: request.url,
        agent,
        headers: { ...request.headers, authorization: `Bearer ${token}` },
      },
      answer => {
        response.writeHead(answer.statusCode, answer.headers);
        response.flushHeaders();
        answer.pipe(response);
        answer.on('error', () => response.destroy());
      },
    );
    onward.on('error', () => response.destroy());
    response.on('close', () => onward.destroy());
    request.pipe(onward);
  })
  .listen(Number(port), '127.0.0.1');
