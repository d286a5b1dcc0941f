import { isDeepStrictEqual } from 'node:util';
import { test } from 'vitest';
import { argumentsOf, lineOfSpec, specOfLine, specOfWords } from '../../client/src/run/line.ts';
import { specOfValues } from '../../client/src/run/spec-of-values.ts';
import { valuesOf } from '../../client/src/run/values-of-spec.ts';
import { optionNames, shortOptions } from '../../client/src/run/options.ts';
import { printWords, wordsOf } from '../../client/src/command-line/words.ts';
import { runPlace } from '../run-lines.ts';
import { forEachInput, joined, pick, type Next } from './inputs.ts';

const options = [...optionNames.map((name) => `--${name}`), ...[...shortOptions.keys()].map((letter) => `-${letter}`), '--zz', '-Z', '--', '-', '---', '-itd', '--net'] as unknown as readonly [string, ...string[]]; // prettier-ignore
const parts = ['a', '80', ':', ',', '=', '/', '.', '-', '_', '*', 'A=b', '80:80/udp', '127.0.0.1', '[::1]:', '::', '/a:/b:ro', './a', '../', '~', '~/', 'C:\\a', '\\', '\\\\', '"', "'", '$', '$HOME', '${PWD}', '$(pwd)', '$(x)', '`', '`id`', '%cd%', '%', "$'", '\\n', '\\\n', '`\n', '^\n', ' ', '  ', '\t', '\n', '\r\n', ';', '&&', '|', '#', '>', '1g', '1.5', '1e3', '0x10', '-1', '1s', '1m30s', 'true', 'false', 'none', 'host', 'all', 'no', 'always', 'on-failure:3', 'type=bind', 'source=/a', 'target=/b', 'readonly', 'type=tmpfs', 'name=n', 'device=0', '"device=0,1"', 'container:x', 'seccomp=', 'é', '\0', '\u2028', '{}', '[', ']', '__proto__'] as const; // prettier-ignore

/** A command line with options of every kind and values that are seldom valid, cut and joined at random. */
function randomLine(next: Next): string {
  const option = (): string => {
    const name = pick(next, options);
    const value = joined(next, parts, 4);
    return pick(next, [`${name} ${value}`, `${name}=${value}`, `${name}${value}`, name]);
  };
  const head = pick(next, ['docker run', 'docker run', 'docker run', 'sudo docker create', '$ podman run', 'nvidia-docker run', 'docker -H x run', '', 'docker ps', 'A=b docker container run']); // prettier-ignore
  const words = [head, ...Array.from({ length: Math.floor(next() * 5) }, option)];
  if (next() < 0.8) words.push(pick(next, ['x', 'a/b:1', "''", 'r.io:5000/x@sha256:0']));
  if (next() < 0.5) words.push(joined(next, parts, 6));
  return words.join(pick(next, [' ', ' ', ' ', '  ', ' \\\n ', '\n', '']));
}

test('any line gives a command that is the same after it is printed and read', async () => {
  await forEachInput(randomLine, (line) => {
    const { spec, troubles } = specOfLine(line, runPlace);
    if (troubles.some(({ message }) => message === '')) return 'a trouble without a message';
    const printed = lineOfSpec(spec);
    const again = specOfLine(printed, runPlace).spec;
    if (!isDeepStrictEqual(again, spec)) return `${printed} ${JSON.stringify([spec, again])}`;
    lineOfSpec(spec, 'powershell');
    const words = specOfWords(argumentsOf(spec).slice(1), runPlace).spec;
    return isDeepStrictEqual(words, spec) ? undefined : JSON.stringify([spec, words]);
  });
});

test('any words are the same after they are printed and read', async () => {
  const make = (next: Next) =>
    Array.from({ length: 1 + Math.floor(next() * 4) }, () => joined(next, parts, 5));
  await forEachInput(make, (words) => {
    for (const quoting of ['posix', 'one line'] as const) {
      const printed = printWords(words, quoting);
      const read = wordsOf(printed, runPlace);
      if (read.rest !== '' || !isDeepStrictEqual(read.words, words)) return printed;
      if (quoting === 'one line' && /[\r\n]/.test(printed)) return printed;
    }
    return undefined;
  });
});

test('the form accepts any line, and its values are the same after they are read', async () => {
  await forEachInput(
    randomLine,
    (line) => {
      const { spec } = specOfLine(line, runPlace);
      const { spec: once } = specOfValues(valuesOf(spec), runPlace);
      const { spec: twice } = specOfValues(valuesOf(once), runPlace);
      const isSame = isDeepStrictEqual(twice, once);
      return isSame ? undefined : JSON.stringify([spec, once, twice]);
    },
    0.5,
  );
});
