import { expect, test } from 'vitest';
import { createModel } from '../model/lazy-model.ts';
import { parse } from '../syntax/parse.ts';
import { rulesFor, type Trigger } from './trigger.ts';

test.each<[Trigger, string, boolean]>([
  [{ signs: ['~'] }, 'FROM a\nCOPY b ~/c\n', true],
  [{ signs: ['~'] }, 'FROM a\nCOPY b /c\n', false],
  [{ signs: ['$(', '`'] }, 'FROM a\nENV A=`b`\n', true],
  [{ signs: ['$(', '`'] }, 'FROM a\nENV A=$B\n', false],
  [{ instructions: ['RUN'], signs: ['|'] }, 'FROM a\nRUN b | c\n', true],
  [{ instructions: ['RUN'], signs: ['|'] }, 'FROM a\nCMD b | c\n', false],
  [{ instructions: ['RUN'], signs: ['|'] }, 'FROM a\nRUN b\n', false],
  [{ commands: ['rm'], words: ['home'], signs: ['$'] }, 'FROM a\nRUN rm $HOME\n', true],
  [{ commands: ['rm'], words: ['home'], signs: ['$'] }, 'FROM a\nRUN rm /home\n', false],
  [{ commands: ['rm'], words: ['home'], signs: ['$'] }, 'FROM a\nRUN rm $TMP\n', false],
])('%j in %j: %j', (on, text, expected) => {
  expect(rulesFor([{ on }])(createModel(parse(text))).length > 0).toBe(expected);
});
