/** npm run package: builds the extension and packs it into drydock-VERSION.vsix. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { prepareNodeModules } from './setup/node-modules.mjs';

await prepareNodeModules();
const { root } = await import('./setup/run.mts');
const { build, packVsix } = await import('./setup/vsix.mts');

const { name, version } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
await build();
await packVsix(path.join(root, `${name}-${version}.vsix`));
