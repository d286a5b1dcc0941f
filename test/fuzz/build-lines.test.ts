import { isDeepStrictEqual } from 'node:util';
import { test } from 'vitest';
import { specOfLine } from '../../client/src/build/line.ts';
import { optionNames, shortOptions } from '../../client/src/build/options/table.ts';
import { lineOfSpec } from '../../client/src/build/print.ts';
import { contextTrouble, optionsWithoutEffect, requestOf } from '../../client/src/build/request.ts';
import { specOfTask, taskOfSpec, type TaskDefinition } from '../../client/src/build/task.ts';
import { buildPlace } from '../build-lines.ts';
import { forEachInput, joined, pick, type Next } from './inputs.ts';

const options = [...optionNames.map((name) => `--${name}`), ...[...shortOptions.keys()].map((letter) => `-${letter}`), '--zz', '-Z', '--', '-', '---', '-qt', '--no-such'] as unknown as readonly [string, ...string[]]; // prettier-ignore
const parts = ['a', 'x:1', ':', ',', '=', '/', '.', '-', '_', '*', 'A=b', 'A=', 'id=a', 'src=b', 'env=C', 'type=env', 'type=local', 'dest=out', '/a:/b', './a', '../', '~', '~/', 'C:\\a', '\\', '\\\\', '"', "'", '$', '$HOME', '${PWD}', '${A:-b}', '${{ x }}', '$(pwd)', '$(x)', '`', '`id`', '%cd%', '%', "$'", '\\n', '\\\n', '`\n', '^\n', ' ', '  ', '\t', '\n', '\r\n', ';', '&&', '|', '#', '>', '1g', '1.5', '-1', 'true', 'false', 'linux/arm64', 'nofile=1:2', 'https://x/y.git#z', 'git@x:y', 'é', '\0', '\u2028', '{}', '[', ']', '__proto__'] as const; // prettier-ignore

/** A command line with options of every kind and values that are seldom valid, cut and joined at random. */
function randomLine(next: Next): string {
  const option = (): string => {
    const name = pick(next, options);
    const value = joined(next, parts, 4);
    return pick(next, [`${name} ${value}`, `${name}=${value}`, `${name}${value}`, name]);
  };
  const head = pick(next, ['docker build', 'docker build', 'docker build', 'sudo -E docker buildx build', '$ podman build', 'A=b docker build', 'cd x && docker build', 'docker -H x buildx --builder y build', '# docker build', '- run: docker image build', '', 'docker ps', 'buildah bud']); // prettier-ignore
  const words = [head, ...Array.from({ length: Math.floor(next() * 5) }, option)];
  if (next() < 0.8) words.push(pick(next, ['.', 'x', './a b', "''", 'https://x/y.git']));
  if (next() < 0.3) words.push(joined(next, parts, 6));
  return words.join(pick(next, [' ', ' ', ' ', '  ', ' \\\n ', '\n', '']));
}

test('any line gives a build that is the same after it is printed and read', async () => {
  await forEachInput(randomLine, (line) => {
    const { spec, troubles, parts: places } = specOfLine(line, buildPlace);
    if (troubles.some(({ message }) => message === '')) return 'a trouble without a message';
    const text = line.replace(/\r\n?/g, '\n');
    const isOutside = places.some(({ words }) =>
      words.some(({ start, end }) => start < 0 || end < start || end > text.length),
    );
    if (isOutside) return 'a word outside of the line';
    const printed = lineOfSpec(spec);
    const again = specOfLine(printed, buildPlace).spec;
    const isBuild = /(?:build|bud)$/.test(spec.program.at(-1) ?? '');
    if (isBuild && !isDeepStrictEqual(again, spec))
      return `${printed} ${JSON.stringify([spec, again])}`;
    lineOfSpec(spec, 'powershell');
    requestOf(spec, buildPlace);
    optionsWithoutEffect(spec);
    contextTrouble(spec);
    const folder = buildPlace.folder ?? '';
    const task = taskOfSpec(spec, { label: 'x', folder, context: buildPlace });
    specOfTask(task as TaskDefinition);
    return undefined;
  });
});
