import { expect, test } from 'vitest';
import { buildFacts, type BuildFacts } from '../../../contract/protocol.ts';
import { session } from '../../../test/lsp-session.ts';

const uri = 'file:///a/Dockerfile';

async function factsOf(text: string): Promise<BuildFacts> {
  const one = await session();
  return (await one.connection.sendRequest<BuildFacts | null>(buildFacts, { uri, text }))!;
}

test('reports the arguments with their defaults, lines and uses', async () => {
  const facts = await factsOf(
    [
      'ARG NODE_VERSION=24',
      'FROM node:${NODE_VERSION} AS build',
      'ARG NODE_VERSION',
      'ARG NPM_REGISTRY="https://registry.npmjs.org/"',
      'RUN npm ci --registry $NPM_REGISTRY && echo $NODE_VERSION',
      'FROM build',
      'ARG GIT_SHA TARGETARCH',
      'LABEL revision=$GIT_SHA',
    ].join('\n'),
  );
  expect(facts.arguments).toEqual([
    { name: 'NODE_VERSION', value: '24', line: 0, usedBy: ['FROM', 'RUN'], predefined: false },
    {
      name: 'NPM_REGISTRY',
      value: 'https://registry.npmjs.org/',
      line: 3,
      usedBy: ['RUN'],
      predefined: false,
    },
    { name: 'GIT_SHA', line: 6, usedBy: ['LABEL'], predefined: false },
    { name: 'TARGETARCH', line: 6, usedBy: [], predefined: true },
  ]);
  expect(facts.stages).toEqual([
    { target: 'build', base: 'node:24', line: 1 },
    { target: '1', base: 'build', line: 5 },
  ]);
});

test('reports the secrets and agents that RUN instructions mount', async () => {
  const facts = await factsOf(
    [
      'FROM a',
      'RUN --mount=type=secret,id=npmrc,target=/root/.npmrc npm ci',
      'RUN --mount=type=secret,id=npmrc --mount=type=secret,target=/run/token x',
      'RUN --mount=type=ssh git clone x',
      'RUN --mount=type=ssh,id=github --mount=type=cache,target=/y git clone y',
    ].join('\n'),
  );
  expect(facts.secrets).toEqual([
    { id: 'npmrc', line: 1 },
    { id: 'token', line: 2 },
  ]);
  expect(facts.ssh).toEqual([
    { id: 'default', line: 3 },
    { id: 'github', line: 4 },
  ]);
});

test.each(['', 'FROM', 'ARG', 'ARG =', 'RUN --mount=', 'ARG A=1 A=\nFRON x', 'FROM a AS\nARG "'])(
  'answers for the incomplete file %j',
  async (text) => {
    expect((await factsOf(text)).stages.length).toBeLessThan(2);
  },
);

test('answers for the open document, and not for one that is closed and has no text', async () => {
  const one = await session();
  const ask = (params: object) => one.connection.sendRequest<BuildFacts | null>(buildFacts, params);
  await one.open(uri, 'FROM a AS open\n');
  expect((await ask({ uri, text: 'FROM b AS old\n' }))?.stages[0]?.target).toBe('open');
  expect(await ask({ uri: 'file:///none' })).toBeNull();
});
