import { expect, test } from 'vitest';
import { parse } from '../syntax/parse.ts';
import { createModel } from './lazy-model.ts';
import {
  isFollowedBy,
  isRemovedLater,
  laterCommand,
  laterCommands,
  matching,
} from './later-commands.ts';

const listing = { names: ['ls', 'rm'], wordsOf: ({ args }: { args: readonly { text: string }[] }) => args.map(({ text }) => text) }; // prettier-ignore

/** Short steps and long ones are searched in different ways. */
test.each([1, 200])(
  'finds the next command with a word in a step of %i times four commands',
  (times) => {
    const model = createModel(
      parse(`FROM a\nRUN ${'ls a && rm b && (ls c; rm -r /d) && '.repeat(times)}ls a\nRUN rm z\n`),
    );
    const all = model.commands('ls', 'rm').filter(({ run }) => run === model.each('RUN')[0]);
    for (const at of [...all.slice(0, 8), ...all.slice(-8)]) {
      const later = all.filter(({ command }) => command.span.start > at.command.span.start);
      for (const word of ['a', 'b', 'c', '/d', 'z']) {
        const first = later.find(({ command }) => command.args.some(({ text }) => text === word));
        expect(laterCommand(model, at, listing, word)).toBe(first?.command);
      }
      expect(laterCommands(model, at, ['rm'])).toEqual(
        later.filter(({ command }) => command.name?.text === 'rm'),
      );
      expect(isRemovedLater(model, at, /^\/d$/)).toBe(
        later.some(({ command }) => command.args.some(({ text }) => text === '/d')),
      );
    }
  },
);

test('a search for commands that match finds only later ones of the same step', () => {
  const model = createModel(
    parse('FROM a\nRUN apt-get clean && apt-get install b\nRUN apt-get clean\n'),
  );
  const clean = matching(['apt-get'], ({ args }) => args[0]?.text === 'clean');
  expect(model.commands().map((at) => isFollowedBy(model, at, clean))).toEqual([
    false,
    false,
    false,
  ]);
  const install = matching(['apt-get'], ({ args }) => args[0]?.text === 'install');
  expect(model.commands().map((at) => isFollowedBy(model, at, install))).toEqual([
    true,
    false,
    false,
  ]);
});
