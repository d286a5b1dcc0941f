/** The costs of instructions, beside the history of the image that the engine lists. */
import { afterAll, describe, expect, test } from 'vitest';
import type { BuildEvent } from '../../contract/build.ts';
import { document } from '../../server/src/model/document.ts';
import { costDifferences, costsOf, type BuildCosts } from '../../server/src/outcome/costs.ts';
import { dockerfile } from '../../server/src/text/dedent.ts';
import { buildFiles } from '../build-files.ts';
import { importBaseImages } from './failed-builds/base-images.ts';
import { startEngines, type StartedEngine } from './two-engines.ts';

const engines = await startEngines();
await Promise.all(engines.map(({ docker }) => importBaseImages(docker)));
afterAll(async () => {
  for (const engine of engines) await engine.stop();
});

/** Each size is used once, so that it names its instruction. */
const text = dockerfile`
  ARG TAG=3.20
  FROM alpine:$TAG AS tools
  WORKDIR /tools
  ARG SIZE=1001
  RUN head -c $SIZE /dev/zero > a
  ONBUILD RUN head -c 1500 /dev/zero > /onbuild

  FROM tools AS base
  ENV NAME=app
  RUN head -c 2003 /dev/zero > "/$NAME" \
      # more
      && head -c 1 /dev/zero > /more
  LABEL a="b c"

  FROM alpine:$TAG AS other
  RUN head -c 7001 /dev/zero > /other

  FROM base
  COPY data.bin \
       /srv/
  EXPOSE 80
  COPY --from=other /other /other
  RUN true
  USER nobody
  CMD ["sh"]
`;

async function costs(
  { engine }: StartedEngine,
  tag: string,
  source: string,
  noCache: boolean,
): Promise<BuildCosts> {
  const events: BuildEvent[] = [];
  const files = { Dockerfile: source, 'data.bin': new Uint8Array(3007) };
  const more = { tags: [tag], ...(noCache && { noCache: true as const }) };
  for await (const event of buildFiles(engine, files, more)) events.push(event);
  return costsOf(document('Dockerfile', source), { events, layers: await engine.history(tag) });
}

/** Without FROM: the steps of equal FROM are one, which has the name of any of them. */
function shown({ instructions }: BuildCosts): readonly string[] {
  const others = instructions.filter(({ text: key }) => !key.startsWith('FROM'));
  return others.map(({ text: key, bytes, milliseconds, cached }) => {
    const size = bytes === undefined ? '-' : String(bytes);
    return `${key.slice(0, 26)} | ${size} | ${milliseconds === undefined ? '-' : 'ms'}${cached ? ' cached' : ''}`;
  });
}

describe.each(engines)('engine $version', (started) => {
  test('has the bytes of the history and the time of each step', async () => {
    const first = await costs(started, 'costs:first', text, true);
    expect(shown(first)).toEqual([
      'WORKDIR /tools | 0 | ms',
      'RUN head -c $SIZE /dev/zer | 1001 | ms',
      'RUN head -c 1500 /dev/zero | 1500 | ms',
      'RUN head -c 2003 /dev/zero | 2004 | ms',
      'RUN head -c 7001 /dev/zero | - | ms',
      'COPY data.bin /srv/ | 3007 | ms',
      'COPY --from=other /other / | 7001 | ms',
      'RUN true | 0 | ms',
    ]);
    expect(first.stages.map(({ name, bytes }) => [name, bytes])).toEqual([
      ['tools', 2501],
      ['base', 2004],
      ['other', undefined],
      [undefined, 10008],
    ]);
    const layers = await started.engine.history('costs:first');
    const own = first.instructions.reduce((sum, { bytes = 0 }) => sum + bytes, 0);
    const base = await started.engine.history('alpine:3.20');
    const total = (list: readonly { readonly size: number }[]): number =>
      list.reduce((sum, { size }) => sum + size, 0);
    expect(own).toBe(total(layers) - total(base));
  });

  test('compares with the build before by the text of instructions', async () => {
    const before = await costs(started, 'costs:before', text, true);
    const changed = text.replace('head -c 7001', 'head -c 9001').replace('EXPOSE 80\n', '');
    const after = await costs(started, 'costs:after', changed, false);
    const copied = after.instructions.findIndex(({ text: key }) =>
      key.startsWith('COPY --from=other'),
    );
    const differences = costDifferences(before, after);
    expect(differences[copied]?.bytes).toBe(2000);
    const cached = after.instructions
      .filter((one) => one.cached)
      .map(({ text: key }) => key.slice(0, 20));
    expect(cached).toContain('RUN head -c 2003 /de');
    const isNew = after.instructions.map(
      ({ text: key }, i) => [key.slice(0, 16), differences[i] === undefined] as const,
    );
    expect(isNew.filter(([key, one]) => one && !key.startsWith('FROM'))).toEqual([
      ['RUN head -c 9001', true],
    ]);
  });
});
