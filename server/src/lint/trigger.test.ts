import { expect, test } from 'vitest';
import { createModel } from '../model/lazy-model.ts';
import { parse } from '../syntax/parse.ts';
import * as parts from './parts.ts';
import { rulesFor, type Trigger, type Triggers } from './trigger.ts';

test.each<[Trigger, string, boolean]>([
  [{ signs: ['~'] }, 'FROM a\nCOPY b ~/c\n', true],
  [{ signs: ['~'] }, 'FROM a\nCOPY b /c\n', false],
  [{ signs: ['$(', '`'] }, 'FROM a\nENV A=`b`\n', true],
  [{ signs: ['$(', '`'] }, 'FROM a\nENV A=$B\n', false],
  [{ signs: [/\$\w+=/] }, 'FROM a\nRUN $A=b\n', true],
  [{ signs: [/\$\w+=/] }, 'FROM a\nRUN A=$B\n', false],
  [{ instructions: ['RUN'], signs: ['|'] }, 'FROM a\nRUN b | c\n', true],
  [{ instructions: ['RUN'], signs: ['|'] }, 'FROM a\nCMD b | c\n', false],
  [{ instructions: ['RUN'], signs: ['|'] }, 'FROM a\nRUN b\n', false],
  [{ commands: ['rm'], words: ['home'], signs: ['$'] }, 'FROM a\nRUN rm $HOME\n', true],
  [{ commands: ['rm'], words: ['home'], signs: ['$'] }, 'FROM a\nRUN rm /home\n', false],
  [{ commands: ['rm'], words: ['home'], signs: ['$'] }, 'FROM a\nRUN rm $TMP\n', false],
])('%j in %j: %j', (on, text, expected) => {
  expect(rulesFor([{ on }])(createModel(parse(text))).length > 0).toBe(expected);
});

test.each<[keyof typeof parts, string, string]>([
  ['emptyContinuation', 'FROM a\nRUN b \\\n\n c\n', 'FROM a\nRUN b \\\n c\n'],
  ['otherCase', 'from a\n', 'FROM a\n'],
  ['otherCase', 'FROM a\nONBUILD run b\n', 'FROM a\nONBUILD RUN b\n'],
  ['otherCase', 'FROM a as b\n', 'FROM a AS b\n'],
  ['oddName', 'FROM a AS B\n', 'FROM a AS b\n'],
  ['oddName', 'FROM a AS scratch\n', 'FROM a AS scratch-b\n'],
  ['oddName', 'FROM a AS b__c\n', 'FROM a AS b_c\n'],
  ['oddName', `FROM a AS ${'b'.repeat(64)}\n`, `FROM a AS ${'b'.repeat(63)}\n`],
  ['oddName', 'FROM a AS\n', 'FROM a\n'],
  ['severalNames', 'FROM a AS b\nFROM c AS d\n', 'FROM a AS b\nFROM c\n'],
  ['otherReference', 'FROM a\nCOPY --from=b c d\n', 'FROM a AS b\nFROM c\nCOPY --from=b d e\n'],
  ['unknownImage', 'FROM a AS B\nFROM B\n', 'FROM a AS B\nFROM b\n'],
  ['relativeWorkdir', 'FROM a\nWORKDIR b\n', 'FROM a\nWORKDIR "/b"\n'],
  ['severalStages', 'FROM a\nFROM b\n', 'FROM a\n'],
  ['fromVariable', 'FROM a:$B\n', 'FROM a\nENV A=$B\n'],
  ['fromVariable', 'FROM a:$B\n', 'ARG B=c\nFROM a:$B\n'],
  ['fromVariable', 'ARG B=c\nFROM a:${B:-d}\n', 'ARG B=c\nFROM a:${B}\n'],
  ['fromVariable', 'FROM --platform=$B a\n', 'FROM --platform=$BUILDPLATFORM a\n'],
  ['unknownImage', 'FROM https://a\n', 'FROM scratch\n'],
  ['unknownImage', 'FROM $A\n', 'ARG A=b\nFROM $A\n'],
  ['untagged', 'FROM a\n', 'FROM a:1\n'],
  ['untagged', 'FROM a\n', `FROM a@sha256:${'0'.repeat(64)}\n`],
  ['wordTag', 'FROM a:latest\n', 'FROM a:1-latest\n'],
  ['majorTag', 'FROM a:18-b\n', 'FROM a:18.1-b\n'],
  ['majorTag', 'FROM a:18\n', 'FROM a\n'],
  ['repeatedStart', 'FROM a\nCMD b\nCMD c\n', 'FROM a\nENTRYPOINT b\nCMD c\n'],
  ['shellStart', 'FROM a\nCMD b\n', 'FROM a\nCMD ["b"]\nRUN c\n'],
  ['scriptEntrypoint', 'FROM a\nENTRYPOINT b\n', 'FROM a\nENTRYPOINT ["b", "c"]\nCMD d\n'],
  ['scriptEntrypoint', 'FROM a\nENTRYPOINT ["sh", "-c", "b"]\n', 'FROM a\nCMD b\n'],
  ['unnamedStage', 'FROM a\nFROM b\n', 'FROM a AS b\nFROM c\n'],
  ['start', 'FROM a\nEXPOSE 1\n', 'FROM a\nRUN b\n'],
  ['start', 'FROM nginx\n', 'FROM a\n'],
  ['specialExec', 'FROM a\nCMD ["b c"]\n', 'FROM a\nCMD ["b", "--c=d"]\n'],
  ['specialExec', 'FROM a\nRUN ["b", "$C"]\n', 'FROM a\nRUN b $C\n'],
  ['bracket', "FROM a\nCMD ['b']\n", 'FROM a\nCMD ["b"]\n'],
  ['bracket', "FROM a\nCOPY ['b', 'c']\n", 'FROM a\nCOPY ["b", "c"]\n'],
  ['severalPairs', 'FROM a\nENV A=b C=d\n', 'FROM a\nENV A=b\nLABEL c=d e=f\n'],
  ['legacyPair', 'FROM a\nENV A b\n', 'FROM a\nENV A=b\n'],
  ['address', 'FROM a\nCOPY b://c d\n', 'FROM a\nADD b://c d\n'],
  ['address', 'FROM a\nCOPY $B d\n', 'FROM a\nCOPY b $D\n'],
  ['relativeTarget', 'FROM a\nCOPY b c\n', 'FROM a\nCOPY b /c\n'],
  ['unknownImage', 'FROM a\nONBUILD FROM $B\n', 'FROM a\nONBUILD RUN b\n'],
  ['severalSources', 'FROM a\nADD b c /d\n', 'FROM a\nCOPY b /c\n'],
  ['severalSources', 'FROM a\nCOPY b <<c /d\nc\n', 'FROM a\nCOPY <<c /d\nc\n'],
  ['wholeSource', 'FROM a\nADD ./ /b\n', 'FROM a\nCOPY ./b /c\n'],
  ['wholeSource', 'FROM a\nCOPY /* /b\n', 'FROM a\nCOPY *.b /c\n'],
  ['pipe', 'FROM a\nRUN b || c | d\n', 'FROM a\nRUN b || c\n'],
  ['scriptError', 'FROM a\nRUN if b\n', 'FROM a\nRUN b\n'],
  ['background', 'FROM a\nRUN b &\n', 'FROM a\nRUN b & c\n'],
  ['sequence', 'FROM a\nRUN b; c\n', 'FROM a\nRUN b && c\n'],
])('the part %s is in %j and not in %j', (part, withPart, without) => {
  const isCalled = (text: string): boolean =>
    rulesFor([{ on: { parts: parts[part] } }])(createModel(parse(text))).length > 0;
  expect(isCalled(withPart)).toBe(true);
  expect(isCalled(without)).toBe(false);
});

test('a rule is called for the words of its own trigger only', () => {
  const on = (...words: readonly string[]): { readonly on: Trigger } => ({ on: { words } });
  const concerned = rulesFor([on('curl'), {}, on('wget', 'apk'), on('docker', 'no')]);
  const called = concerned(createModel(parse('FROM a\nRUN APK b\n')));
  expect(called).toEqual([{}, on('wget', 'apk'), on('docker', 'no')]);
});

test('a rule with alternatives is called once where a file meets one or several of them', () => {
  const on: Triggers = [{ commands: ['curl'], signs: ['-u'] }, { commands: ['npm'], words: ['login'] }]; // prettier-ignore
  const concerned = rulesFor([{}, { on }]);
  const isCalled = (text: string): number => concerned(createModel(parse(text))).length - 1;
  expect(isCalled('FROM a\nRUN curl -u b\n')).toBe(1);
  expect(isCalled('FROM a\nRUN npm login\n')).toBe(1);
  expect(isCalled('FROM a\nRUN npm login && curl -u b\n')).toBe(1);
  expect(isCalled('FROM a\nRUN curl login && yarn add b\n')).toBe(0);
});
