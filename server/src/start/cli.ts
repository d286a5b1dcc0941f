/** The program `dist/cli.js`: starts the command line from what V8 has compiled of it before, where that is kept. */
import { compiled } from './compiled.ts';

// What is kept of a run that lints nothing would serve none of those that do.
compiled('command-line.js', process.argv[2] === 'lint' ? 'at the end' : 'never');
