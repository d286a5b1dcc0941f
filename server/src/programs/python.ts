/** The Python interpreter. The command that `python3.12 -m pip` runs is that of pip. */
import { pythonNames, pythonVersion } from '../shell/wrappers.ts';
import type { Family } from './program.ts';

export { pythonNames };
export const pythonLike: Family = [...pythonNames, pythonVersion];
