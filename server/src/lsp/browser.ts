/** The language server in a worker of a browser: no programs, and no disk but what the client reads. */
import {
  BrowserMessageReader,
  BrowserMessageWriter,
  createConnection,
} from 'vscode-languageserver/browser';
import { rules } from '../rules/index.ts';
import { serve } from './serve.ts';

/** The worker's own scope, which the types of Node do not know. */
const scope = globalThis as never;

serve(createConnection(new BrowserMessageReader(scope), new BrowserMessageWriter(scope)), {
  rules: () => Promise.resolve(rules),
});
