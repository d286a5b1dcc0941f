/** Builds the contexts that it is sent, and reports seconds and memory: our client as it runs in the extension host. */
import { join } from 'node:path';
import { connect } from '../../client/src/engine/docker-api/connect.ts';
import { findAddress } from '../../client/src/engine/docker-cli/address-lookup.ts';

interface Order {
  readonly socket?: string;
  readonly folder?: string;
}

process.on('message', (order: Order) => {
  answer(order).then(
    (result) => process.send?.(result),
    (error: unknown) => process.send?.({ error: String(error) }),
  );
});
process.send?.({});

async function answer({ socket, folder }: Order): Promise<object> {
  if (socket === undefined || folder === undefined)
    return { mib: process.resourceUsage().maxRSS / 1024 };
  const engine = await connect(await findAddress(`unix://${socket}`));
  const before = performance.now();
  const usage = process.cpuUsage();
  const context = { kind: 'directory', path: folder } as const;
  const request = { context, dockerfile: join(folder, 'Dockerfile'), tags: [] };
  let isBuilt = false;
  for await (const { kind } of engine.build(request, new AbortController().signal))
    isBuilt ||= kind === 'image';
  if (!isBuilt) throw new Error('no image');
  const { user, system } = process.cpuUsage(usage);
  return { seconds: (performance.now() - before) / 1000, processor: (user + system) / 1e6 };
}
