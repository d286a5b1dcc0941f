/** Builds and packs the extension. */

import { run, say } from './run.mts';

/** Builds dist/ for production. */
export async function build(): Promise<void> {
  say('build');
  const code = await run(process.execPath, ['esbuild.mjs', '--production']);
  if (code !== 0) throw new Error('The build failed.');
}

/** Packs all files that .vscodeignore does not exclude into a VSIX. */
export async function packVsix(file: string): Promise<void> {
  say('VSIX');
  // vsce is not a dependency: it would double the number of packages to install.
  const args = [
    ...['package', '--no-dependencies', '--skip-license'],
    // The project does not have a public address that links in the README could point to.
    ...['--allow-missing-repository', '--no-rewrite-relative-links'],
  ];
  const code = await run('npx', ['--yes', '@vscode/vsce@4.1.0', ...args, '--out', file], {
    // Hides the warning about the Node.js version, which vsce works with.
    env: { ...process.env, npm_config_loglevel: 'error' },
  });
  if (code !== 0) throw new Error('Could not pack the VSIX.');
}
