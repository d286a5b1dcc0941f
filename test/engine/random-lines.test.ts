/**
 * Random `docker run` lines over all options on real engines: the container of each line, read back and by way of the form,
 * gives a container of equal effect; `docker create` and `docker compose create` give the same ones.
 * DRYDOCK_LINES is how many lines each engine gets, DRYDOCK_SEED the seed of the first.
 */
import { existsSync } from 'node:fs';
import { afterAll, describe, expect, test } from 'vitest';
import { findAddress } from '../../client/src/engine/docker-cli/address-lookup.ts';
import { connect } from '../../client/src/engine/docker-api/connect.ts';
import { withNewerEngine } from './buildkit.ts';
import { LineTrials, type Outcome, type TrialTools } from './line-trials.ts';
import { connectRealEngine, createFixture, type RealEngine } from './real-engine.ts';

const count = Number(process.env.DRYDOCK_LINES ?? 30);
const from = Number(process.env.DRYDOCK_SEED ?? 1);

async function tryAll(real: RealEngine, tools: TrialTools): Promise<readonly Outcome[]> {
  const fixture = await createFixture(real);
  const trials = new LineTrials(fixture, tools);
  try {
    await trials.prepare();
    const outcomes: Outcome[] = [];
    for (let seed = from; seed < from + count; seed++) outcomes.push(await trials.try(seed));
    return outcomes;
  } finally {
    await trials.close();
    await fixture.close();
  }
}

/** Every line that differs, with how; what was compared is said in one line. */
function report(engine: string, outcomes: readonly Outcome[]): readonly string[] {
  const of = (comparison: string) =>
    outcomes.filter(({ compared }) => compared.some((one) => one === comparison)).length;
  const refused = outcomes.filter((one) => one.refused !== undefined);
  const reasons = new Map<string, number>();
  for (const { refused: reason = '' } of refused)
    reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
  console.log(
    `${engine}: ${outcomes.length} lines from seed ${from}: ${of('again')} read back, ${of('cli')} compared with the docker CLI, ${of('compose')} with compose, ${refused.length} refused by the engine`,
  );
  for (const [reason, times] of reasons) console.log(`  refused ${times}: ${reason}`);
  return outcomes.flatMap(({ seed, line, differences }) =>
    differences.map((one) => `seed ${seed}, ${one.with}: ${one.reason}\n  ${line}`),
  );
}

describe('random lines', () => {
  const stops: (() => Promise<unknown>)[] = [];
  afterAll(async () => {
    for (const stop of stops) await stop();
  });

  test('on the engine of this machine', async ({ skip }) => {
    const real = await connectRealEngine();
    if (real === undefined) return skip();
    const file = ['/usr/bin/docker', '/usr/local/bin/docker'].find((one) => existsSync(one));
    if (file === undefined) return skip();
    const env = {
      PATH: process.env.PATH,
      DOCKER_HOST: real.address.url,
      DOCKER_CONFIG: '/nonexistent',
    };
    const { version } = await real.engine.version();
    expect(report(version, await tryAll(real, { docker: { file, env, knowsAll: false } }))).toEqual(
      [],
    );
  });

  test('on a newer engine, with compose', async ({ skip }) => {
    const newer = await withNewerEngine((engine) => Promise.resolve(engine));
    if (newer === undefined) return skip();
    stops.push(() => newer.stop());
    const address = await findAddress(newer.env.DOCKER_HOST ?? '');
    const real = { address, engine: await connect(address) };
    const docker = { file: 'docker', env: newer.env, knowsAll: true };
    const { version } = await real.engine.version();
    expect(report(version, await tryAll(real, { docker, compose: true }))).toEqual([]);
  });
});
