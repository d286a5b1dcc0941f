/** Bundles a program of a benchmark as the extension is bundled: for Node.js, in one file. */
import path from 'node:path';
import { build } from 'esbuild';

const root = path.resolve(import.meta.dirname, '../..');

/** `from` is a path in the project, `outfile` an absolute path. */
export async function bundleProgram(from: string, outfile: string): Promise<void> {
  await build({
    entryPoints: [path.join(root, from)],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    external: ['cpu-features'],
    loader: { '.node': 'empty' },
    logLevel: 'error',
  });
}
