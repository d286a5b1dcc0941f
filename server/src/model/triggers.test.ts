import { expect, test } from 'vitest';
import { document } from './document.ts';
import { mostInstructions } from './coverage.ts';

/** The user and the directory before the last instruction of each stage but the first. */
function states(text: string): readonly (readonly (string | undefined)[])[] {
  const { model } = document('file:///Dockerfile', text);
  return model.stages.slice(1).map((stage) => {
    const last = stage.instructions.at(-1);
    if (last === undefined) throw new Error('A stage without instructions');
    const { user, workdir, variables } = model.stateAt(last);
    return [user?.text, workdir, variables.get('A')?.value];
  });
}

test('triggers run first, in order, in each stage that is built from theirs', () => {
  const base =
    'FROM a AS a\nONBUILD ENV A=b\nONBUILD RUN c\nONBUILD WORKDIR /d/$A\nONBUILD USER e\n';
  expect(states(`${base}FROM a\nRUN f\nFROM a\nUSER g\nRUN f\n`)).toEqual([
    ['e', '/d/b', 'b'],
    ['g', '/d/b', 'b'],
  ]);
  expect(states(`${base}FROM a AS h\nRUN f\nFROM h\nRUN f\n`).at(-1)).toEqual(['e', '/d/b', 'b']);
});

test('a limited number of triggers is run: stages times triggers may be a large number', () => {
  const half = mostInstructions / 2;
  const base = `FROM a AS a\n${'ONBUILD USER b\n'.repeat(half)}`;
  const found = states(`${base}${'FROM a\nRUN c\n'.repeat(4)}`);
  expect(found.map(([user]) => user)).toEqual(['b', 'b', undefined, undefined]);
});
