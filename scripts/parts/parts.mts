/** The parts of the tests, in the order in which they run. */

import { rm } from 'node:fs/promises';
import path from 'node:path';
import { canStartEngines, withOwnEngine } from '../setup/own-engine.mts';
import { root, run } from '../setup/run.mts';
import { countsFrom, oneFailed, type Counts } from './counts.mts';
import { vsixFile, type Need, type Site } from './needs.mts';

export interface Part {
  readonly name: string;
  readonly needs: readonly Need[];
  /** Without these, only some of its tests are skipped. */
  readonly optional?: readonly Need[];
  /** It shares nothing with the parts after it, which do not wait for it. */
  readonly beside?: boolean;
  run(site: Site): Promise<Counts>;
}

/** Without an engine that the environment names, the part gets one of its own. */
const ownEngine = canStartEngines() && !process.env.DOCKER_HOST;

/** The configuration of the tests that run against the build; unit tests use the one in the root directory. */
const built = 'test/vitest.config.mts';

export const parts: readonly Part[] = [
  // It waits for engines most of the time, so it begins first.
  {
    name: 'engine',
    needs: ['build', 'engine'],
    optional: ['newer engine'],
    beside: ownEngine,
    run: (site) => vitest('engine', ['--config', built], site, ownEngine ? withOwnEngine : []),
  },
  { name: 'check', needs: [], run: check },
  { name: 'unit', needs: [], optional: ['shellcheck'], run: (site) => vitest('unit', [], site) },
  { name: 'e2e', needs: ['build'], run: (site) => vitest('e2e', ['--config', built], site) },
  { name: 'vscode', needs: ['build', 'vscode', 'browser'], run: extensionTests },
  {
    name: 'ui',
    needs: ['vsix', 'vscode', 'browser', 'engine'],
    optional: ['newer engine'],
    run: uiTests,
  },
];

/** `npm run check`, as one test that passes or fails. */
async function check({ cleanup }: Site): Promise<Counts> {
  const code = await run('npm', ['run', '--silent', 'check'], { cleanup });
  return code === 0 ? { passed: 1, failed: 0, skipped: 0 } : oneFailed;
}

async function vitest(
  name: string,
  args: readonly string[],
  site: Site,
  before: readonly string[] = [],
): Promise<Counts> {
  const file = path.join(site.folder, `${name}.json`);
  const [program = '', ...rest] = [
    ...before,
    ...[process.execPath, path.join(root, 'node_modules/vitest/vitest.mjs'), 'run', ...args],
    ...(args.length > 0 ? ['--project', name] : []),
  ];
  const code = await run(program, rest, {
    env: { ...process.env, DRYDOCK_COUNTS: file, DRYDOCK_VSIX: vsixFile(site) },
    cleanup: site.cleanup,
  });
  return countsFrom(file, code);
}

/** Removes the screenshots of earlier runs, so that they cannot be mistaken for the current state. */
async function uiTests(site: Site): Promise<Counts> {
  await rm(path.join(root, 'artefacts/ui'), { recursive: true, force: true });
  return vitest('ui', ['--config', built], site);
}

async function extensionTests({ folder, cleanup }: Site): Promise<Counts> {
  const file = path.join(folder, 'vscode.json');
  const code = await run(process.execPath, ['--import', 'tsx', 'test/vscode/run-tests.mts'], {
    env: { ...process.env, DRYDOCK_COUNTS: file },
    cleanup,
  });
  return countsFrom(file, code);
}
