/** The process of the language server: it communicates over stdio, IPC, a socket or a pipe, depending on its arguments. */
import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { findShellCheck } from '../shellcheck/program.ts';
import { DirectNotifications } from './direct-notifications.ts';
import { localFiles } from './local-files.ts';
import { serve } from './serve.ts';
import { stdio } from './stdio.ts';
import { packagePages, packageVersion } from './package.ts';

const direct = new DirectNotifications();
const connection = process.argv.includes('--stdio')
  ? createConnection(ProposedFeatures.all, ...stdio(direct), { messageStrategy: direct.strategy })
  : createConnection(ProposedFeatures.all);

serve(connection, {
  direct,
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
