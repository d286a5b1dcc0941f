/** The language server's process: stdio, IPC, a socket or a pipe, as its arguments say. */
import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { rules } from '../rules/index.ts';
import { findShellCheck } from '../shellcheck/program.ts';
import { localContext } from './context.ts';
import { localFiles } from './local-files.ts';
import { serve } from './serve.ts';
import { packageVersion } from './version.ts';

serve(createConnection(ProposedFeatures.all), {
  files: localFiles,
  context: localContext,
  rules,
  findShellCheck,
  ...packageVersion(),
});
