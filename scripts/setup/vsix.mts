/** The package that people install. */

import { run, say } from './run.mts';

/** Builds what ships into dist/. */
export async function build(): Promise<void> {
  say('build');
  const code = await run(process.execPath, ['esbuild.mjs', '--production']);
  if (code !== 0) throw new Error('The build failed.');
}

/** Packs dist/ and what .vscodeignore lets through into a VSIX. */
export async function packVsix(file: string): Promise<void> {
  say('VSIX');
  // vsce is no dependency: it would double the packages that everybody installs.
  const args = [
    ...['package', '--no-dependencies', '--skip-license'],
    // The project has no public address yet that links in the README could lead to.
    ...['--allow-missing-repository', '--no-rewrite-relative-links'],
  ];
  const code = await run('npx', ['--yes', '@vscode/vsce@4', ...args, '--out', file], {
    // It asks for a newer Node than ours and does with it.
    env: { ...process.env, npm_config_loglevel: 'error' },
  });
  if (code !== 0) throw new Error('The VSIX could not be packed.');
}
