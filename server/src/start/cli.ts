/** The program `dist/cli.js`: starts the command line with a V8 code cache. */
import { runWithCodeCache } from './code-cache.ts';

// The cache of a run that does not lint would not contain the code that linting needs.
runWithCodeCache('command-line.js', process.argv[2] === 'lint' ? 'at exit' : 'never');
