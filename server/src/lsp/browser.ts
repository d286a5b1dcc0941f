/** The language server in a worker of a browser: no disk, no programs, the text alone. */
import {
  BrowserMessageReader,
  BrowserMessageWriter,
  createMessageConnection,
} from 'vscode-jsonrpc/browser';
import { rules } from '../rules/index.ts';
import { connect } from './connection.ts';
import { serve } from './serve.ts';

/** The worker's own scope, which the types of Node do not know. */
const scope = globalThis as never;

const messages = createMessageConnection(
  new BrowserMessageReader(scope),
  new BrowserMessageWriter(scope),
);
serve(connect(messages), {
  files: { read: () => Promise.resolve(undefined) },
  rules: () => Promise.resolve(rules),
});
