/**
 * `node read-heap.mjs PID`: has another Node.js process collect its garbage and prints the size of its heap in bytes and the
 * names of its active resources as JSON. Requires WebSocket, which Node.js has since version 22.
 */
const pid = Number(process.argv[2]);
const patience = 60_000;
const deadline = performance.now() + patience;

// Node.js opens its inspector at the default port when it receives this signal.
process.kill(pid, 'SIGUSR1');
const socket = new WebSocket(await inspectorAddress());
await new Promise((resolve, reject) => {
  socket.onopen = resolve;
  socket.onerror = () => reject(new Error('Could not connect to the inspector.'));
});
const { result: own } = await send('Runtime.evaluate', { expression: 'process.pid' });
if (own.value !== pid) throw new Error('The inspector port is used by another process.');
await send('HeapProfiler.collectGarbage');
const { result } = await send('Runtime.evaluate', {
  expression: `(() => {
    const { heapUsed, external } = process.memoryUsage();
    return JSON.stringify({ heap: heapUsed + external, resources: process.getActiveResourcesInfo() });
  })()`,
});
console.log(result.value);
const closed = new Promise((resolve) => (socket.onclose = resolve));
// Frees the port for the next process.
socket.send(
  message('Runtime.evaluate', { expression: 'setTimeout(() => process._debugEnd()), 0' }),
);
await closed;

async function inspectorAddress() {
  for (;;) {
    try {
      const targets = await (await fetch('http://127.0.0.1:9229/json/list')).json();
      return targets[0].webSocketDebuggerUrl;
    } catch (error) {
      if (performance.now() > deadline) throw error;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}

/** Sends a command and resolves to its result; only one command runs at once. */
function send(method, params) {
  return new Promise((resolve, reject) => {
    socket.onmessage = ({ data }) => {
      const { result, error } = JSON.parse(data);
      if (error === undefined) resolve(result);
      else reject(new Error(error.message));
    };
    socket.send(message(method, params));
  });
}

function message(method, params = {}) {
  return JSON.stringify({ id: 1, method, params });
}
