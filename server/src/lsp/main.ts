/** The process of the language server: it communicates over stdio, IPC, a socket or a pipe, depending on its arguments. */
import {
  createConnection,
  IPCMessageReader,
  IPCMessageWriter,
  ProposedFeatures,
  type MessageReader,
  type MessageWriter,
} from 'vscode-languageserver/node';
import { findShellCheck } from '../shellcheck/program.ts';
import { DirectNotifications } from './direct-notifications.ts';
import { localFiles } from './local-files.ts';
import { serve } from './serve.ts';
import { stdio } from './stdio.ts';
import { packagePages, packageVersion } from './package.ts';

const transport = transportOf(process.argv);
const direct = transport && new DirectNotifications(transport[1]);
const connection =
  transport && direct
    ? createConnection(ProposedFeatures.all, direct.reader(transport[0]), transport[1], {
        messageStrategy: direct.strategy,
      })
    : createConnection(ProposedFeatures.all);

serve(connection, {
  ...(direct && { direct }),
  files: localFiles(),
  // Loaded while the answer to `initialize` is sent.
  rules: async () => {
    await new Promise(setImmediate);
    return (await import('../rules/index.ts')).rules;
  },
  findShellCheck,
  warms: true,
  ...packagePages(),
  ...packageVersion(),
});

/** Undefined for the transports of which only the library knows how to begin: a socket or a pipe. */
function transportOf(argv: readonly string[]): readonly [MessageReader, MessageWriter] | undefined {
  if (argv.includes('--stdio')) return stdio();
  return argv.includes('--node-ipc')
    ? [new IPCMessageReader(process), new IPCMessageWriter(process)]
    : undefined;
}
