/** The program `dist/cli.js`: starts the command line with a V8 code cache. */
import { runWithCodeCache } from './code-cache.ts';

const [command] = process.argv.slice(2);

// The client of the engine is in a bundle of its own, which linting does not load.
if (command === 'build') runWithCodeCache('build-command.js', 'never');
// The cache of a run that does not lint would not contain the code that linting needs.
else runWithCodeCache('command-line.js', command === 'lint' ? 'at exit' : 'never');
