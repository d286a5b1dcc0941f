/** The program `dist/server.js`: starts the language server with a V8 code cache. */
import { runWithCodeCache } from './code-cache.ts';

// Loaded by name, so that the bundler does not include it in this bundle.
runWithCodeCache('language-server.js', 'after startup');
