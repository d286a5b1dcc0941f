/**
 * `node write-profile.mjs PID cpu|heap FILE`: prints a line when it is connected to another Node.js process, and writes its
 * CPU profile since then, or a heap snapshot, when its input ends. Requires WebSocket, which Node.js has since version 22.
 */
import { createWriteStream, writeFileSync } from 'node:fs';

const [pid, what, file] = process.argv.slice(2);
const patience = 60_000;
const deadline = performance.now() + patience;

// Node.js opens its inspector at the default port when it receives this signal.
process.kill(Number(pid), 'SIGUSR1');
const socket = new WebSocket(await inspectorAddress());
await new Promise((resolve, reject) => {
  socket.onopen = resolve;
  socket.onerror = () => reject(new Error('Could not connect to the inspector.'));
});
const { result: own } = await send('Runtime.evaluate', { expression: 'process.pid' });
if (own.value !== Number(pid)) throw new Error('The inspector port is used by another process.');
if (what === 'cpu') {
  await send('Profiler.enable');
  await send('Profiler.setSamplingInterval', { interval: 500 });
  await send('Profiler.start');
}
console.log('connected');
for await (const _ of process.stdin);
if (what === 'cpu') {
  const { profile } = await send('Profiler.stop');
  writeFileSync(file, JSON.stringify(profile));
} else {
  const output = createWriteStream(file);
  await send('HeapProfiler.takeHeapSnapshot', {}, (chunk) => output.write(chunk));
  output.end();
}
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
function send(method, params, onChunk = () => undefined) {
  return new Promise((resolve, reject) => {
    socket.onmessage = ({ data }) => {
      const { id, params: event, result, error } = JSON.parse(data);
      if (id === undefined) onChunk(event?.chunk ?? '');
      else if (error === undefined) resolve(result);
      else reject(new Error(error.message));
    };
    socket.send(message(method, params));
  });
}

function message(method, params = {}) {
  return JSON.stringify({ id: 1, method, params });
}
