/** Values that grow with each line neither fill the memory nor take long, whichever rule or feature uses them. */
import { expect, test } from 'vitest';
import { cpuTime } from '../cpu-time.ts';
import { lint } from '../../server/src/lint/lint.ts';
import { createModel } from '../../server/src/model/lazy-model.ts';
import { parse } from '../../server/src/syntax/parse.ts';
import { rules } from '../../server/src/rules/index.ts';

/** `first`, then `count` lines that use the variable of the line before, then `last` with the last variable. */
function chain(line: (name: string, before: string) => string, last: string, count = 40): string {
  const lines = Array.from({ length: count }, (_, i) => line(`K${i + 1}`, `K${i}`));
  return lines.join('\n') + last.replaceAll('LAST', `K${count}`);
}

const global = 'ARG K0=ab\n';
const inStage = 'FROM a:1\nARG K0=ab\n';

const bombs: Readonly<Record<string, string>> = {
  'ARG before FROM': global + chain((a, b) => `ARG ${a}=$${b}$${b}`, '\nFROM $LAST\n'),
  'ARG in one line': `ARG K0=ab ${chain((a, b) => `${a}=$${b}$${b}`, '').replaceAll('\n', ' ')}\nFROM $K40\n`,
  'platform of FROM':
    global + chain((a, b) => `ARG ${a}=$${b}$${b}`, '\nFROM --platform=$LAST a:1\n'),
  'default values': global + chain((a, b) => `ARG ${a}=\${u:-$${b}\${u:-$${b}}}`, '\nFROM $LAST\n'),
  'alternative values': global + chain((a, b) => `ARG ${a}=\${${b}:+$${b}$${b}}`, '\nFROM $LAST\n'),
  'required values':
    global + chain((a, b) => `ARG ${a}=\${u:?$${b}$${b}}\${${b}:?x}`, '\nFROM $LAST\n'),
  replacements: global + chain((a, b) => `ARG ${a}=\${${b}//[ab]/$${b}}`, '\nFROM $LAST\n'),
  'nested replacements':
    global + chain((a, b) => `ARG ${a}=\${${b}//a/\${${b}//b/$${b}}}`, '\nFROM $LAST\n'),
  'prefixes of stars': `ARG K0=${'ab'.repeat(2000)}\n${chain((a) => `ARG ${a}=\${K0//${'*a'.repeat(20)}x/y}`, '\nFROM $LAST\n')}`,
  'ENV, used everywhere':
    inStage +
    chain(
      (a, b) => `ENV ${a}=$${b}$${b}`,
      '\nWORKDIR $LAST\nUSER $LAST\nEXPOSE $LAST\nVOLUME $LAST\nCOPY $LAST /$LAST\nADD --chown=$LAST http://$LAST /x\nLABEL $LAST=$LAST\nSTOPSIGNAL $LAST\nRUN --mount=target=$LAST echo $LAST\n',
    ),
  WORKDIR: inStage + chain((a, b) => `ENV ${a}=$${b}/$${b}\nWORKDIR $${a}`, '\n'),
  'ARG that repeats itself': `FROM a:1\nARG A=ab\n${'ARG A=$A$A\n'.repeat(1000)}`,
  'ENV that repeats itself': `FROM a:1\nENV A=ab\n${'ENV A=$A$A\n'.repeat(1000)}`,
  ONBUILD:
    inStage + chain((a, b) => `ONBUILD ENV ${a}=$${b}$${b}`, ' AS b\nFROM b\nWORKDIR $LAST\n'),
};

const most = 400;

test.each(Object.entries(bombs))('%s', (_, text) => {
  const look = (): unknown => lint(createModel(parse(text)), rules, { everyRule: true, rules: {} });
  const took = cpuTime(look);
  // Code that was never run before may be compiled meanwhile: only what is slow twice is slow.
  expect(took > most ? cpuTime(look) : took).toBeLessThan(most);
});

test.each(['ENV V# = $V@x', 'ENV V#=${V@}x', 'ENV V#=$V@$V@', 'ENV V#=${V@:-x}y'])(
  '%s, 4000 times: twice as many take about twice as long',
  (shape) => {
    const make = (count: number): string =>
      'FROM a:1\nENV V0=x\n' +
      Array.from({ length: count }, (_, i) =>
        shape
          .replaceAll('#', String(i + 1))
          .replaceAll('@', String(i))
          .replace(' = ', '='),
      ).join('\n');
    const time = (text: string): number => {
      const look = (): unknown => lint(createModel(parse(text)), rules, { rules: {} });
      return Math.min(cpuTime(look), cpuTime(look));
    };
    time(make(500));
    expect(time(make(4000))).toBeLessThan(Math.max(4 * time(make(2000)), 100));
  },
);
