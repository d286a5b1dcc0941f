/** The inspector of another Node.js process. Requires WebSocket, which Node.js has since version 22. */

const patience = 60_000;

/**
 * Connects to a process. `send` resolves to the result of a command of the inspector's protocol, one command at once, and passes
 * on the chunks that it sends meanwhile; `close` disconnects and frees the port for the next process.
 */
export async function inspect(pid) {
  // Node.js opens its inspector at the default port when it receives this signal.
  process.kill(pid, 'SIGUSR1');
  const socket = new WebSocket(await inspectorAddress(performance.now() + patience));
  await new Promise((resolve, reject) => {
    socket.onopen = resolve;
    socket.onerror = () => reject(new Error('Could not connect to the inspector.'));
  });
  const send = (method, params, onChunk = () => undefined) =>
    new Promise((resolve, reject) => {
      socket.onmessage = ({ data }) => {
        const { id, params: event, result, error } = JSON.parse(data);
        if (id === undefined) onChunk(event?.chunk ?? '');
        else if (error === undefined) resolve(result);
        else reject(new Error(error.message));
      };
      socket.send(message(method, params));
    });
  const { result: own } = await send('Runtime.evaluate', { expression: 'process.pid' });
  if (own.value !== pid) throw new Error('The inspector port is used by another process.');
  const close = async () => {
    const closed = new Promise((resolve) => (socket.onclose = resolve));
    const expression = 'setTimeout(() => process._debugEnd()), 0';
    socket.send(message('Runtime.evaluate', { expression }));
    await closed;
  };
  return { send, close };
}

async function inspectorAddress(deadline) {
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

function message(method, params = {}) {
  return JSON.stringify({ id: 1, method, params });
}
