#!/usr/bin/env node
/**
 * Replaces the `code` executable of desktop VS Code, so that `runTests` of @vscode/test-electron runs
 * the same suite without desktop VS Code. It accepts the arguments that runTests passes.
 */
import path from 'node:path';
import { parseArgs } from 'node:util';
import { register } from 'tsx/esm/api';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  // Electron switches are ignored.
  strict: false,
  options: {
    extensionDevelopmentPath: { type: 'string', multiple: true },
    extensionTestsPath: { type: 'string' },
    'user-data-dir': { type: 'string' },
    'extensions-dir': { type: 'string' },
  },
});
if (values.extensionTestsPath === undefined || positionals.length !== 1) {
  console.error('This runs extension tests only: --extensionTestsPath=FILE … FOLDER');
  process.exit(2);
}

register();
const { runExtensionTests } = await import('./extension-tests.mts');
process.exitCode = await runExtensionTests({
  extensions: values.extensionDevelopmentPath ?? [],
  suite: path.resolve(values.extensionTestsPath),
  folder: path.resolve(positionals[0]),
  userData: values['user-data-dir'],
  extensionsFolder: values['extensions-dir'],
});
