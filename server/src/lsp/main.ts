/** The language server's process: stdio, IPC, a socket or a pipe, as its arguments say. */
import { createMessageConnection } from 'vscode-jsonrpc/node';
import { findShellCheck } from '../shellcheck/program.ts';
import { connect } from './connection.ts';
import { localContext } from './context.ts';
import { localFiles } from './local-files.ts';
import { serve } from './serve.ts';
import { transport } from './transport.ts';
import { packageVersion } from './version.ts';

/** Milliseconds between two looks whether the client still lives. */
const pause = 3000;

const found = transport(process.argv.slice(2));
if (found === undefined) {
  console.error('One of --stdio, --node-ipc, --socket=<port> and --pipe=<name> is expected.');
  process.exit(2);
}
const rpc = createMessageConnection(...found);
// Without its client the process has nothing to live for.
rpc.onClose(() => process.exit(1));

serve(connect(rpc, { watch, exit: (code) => process.exit(code) }), {
  files: localFiles,
  context: localContext,
  // Read while the answer to `initialize` is on its way.
  rules: async () => {
    await new Promise(setImmediate);
    return (await import('../rules/index.ts')).rules;
  },
  findShellCheck,
  ...packageVersion(),
});

/** Ends with the client's process, which may have had no time to say so. */
function watch(processId: number): void {
  setInterval(() => {
    try {
      process.kill(processId, 0);
    } catch {
      process.exit(1);
    }
  }, pause).unref();
}
