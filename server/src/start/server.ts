/** The program `dist/server.js`: starts the language server from what V8 has compiled of it before, where that is kept. */
import { compiled } from './compiled.ts';

// The bundle beside this one is named here alone, so that no bundler takes it in.
compiled('language-server.js', 'when the start is over');
