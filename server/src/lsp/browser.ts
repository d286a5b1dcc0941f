/** The language server in a web worker: it cannot run programs, and reads files only through the client. */
import {
  BrowserMessageReader,
  BrowserMessageWriter,
  createConnection,
} from 'vscode-languageserver/browser';
import { rules } from '../rules/index.ts';
import { serve } from './serve.ts';

/** The global scope of the worker, which the types of Node.js do not describe. */
const scope = globalThis as never;

serve(createConnection(new BrowserMessageReader(scope), new BrowserMessageWriter(scope)), {
  rules: () => Promise.resolve(rules),
});
