/**
 * A server without features and libraries. Its times are those of a Node.js process, the pipes and the measuring client: the
 * lower limit for any server in Node.js.
 */
let buffered = Buffer.alloc(0);

function send(message) {
  const body = Buffer.from(JSON.stringify({ jsonrpc: '2.0', ...message }));
  process.stdout.write(
    Buffer.concat([Buffer.from(`Content-Length: ${body.length}\r\n\r\n`), body]),
  );
}

function receive({ id, method, params }) {
  if (method === 'textDocument/didOpen' || method === 'textDocument/didChange') {
    const { uri } = params.textDocument;
    send({ method: 'textDocument/publishDiagnostics', params: { uri, diagnostics: [] } });
  } else if (id !== undefined) {
    send({ id, result: method === 'initialize' ? { capabilities: {} } : null });
  }
}

process.stdin.on('data', (data) => {
  buffered = Buffer.concat([buffered, data]);
  for (;;) {
    const head = buffered.indexOf('\r\n\r\n');
    const length = Number(/Content-Length: (\d+)/i.exec(buffered.toString('latin1', 0, head))?.[1]);
    if (head < 0 || buffered.length < head + 4 + length) return;
    receive(JSON.parse(buffered.toString('utf8', head + 4, head + 4 + length)));
    buffered = buffered.subarray(head + 4 + length);
  }
});
