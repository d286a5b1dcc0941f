/** A rename does not change what a build does, or it is refused with a reason: for every name of every file. */
import { expect, test } from 'vitest';
import { document } from '../../server/src/model/document.ts';
import { scriptVariables } from '../../server/src/model/script-variables.ts';
import { isAssignment } from '../../server/src/shell/variable-groups.ts';
import { dockerfiles } from '../dockerfiles.ts';
import { renameAndCompare, type NewName, type Outcome } from './rename-meaning.ts';

interface Place {
  readonly offset: number;
  readonly name: NewName;
}

/** Where each variable and stage of the file, and each variable of a script, is first named. */
function placesOf(text: string): readonly Place[] {
  const { model } = document('untitled:Dockerfile', text);
  const places: Place[] = [];
  const add = (kind: NewName['kind'], from: string, offset: number): void => {
    const to = kind === 'stage' ? 'renamed-by-test' : 'RENAMED_BY_TEST';
    places.push({ offset, name: { kind, from, to } });
  };
  for (const { kind, name, uses } of model.symbols) {
    const definition = uses.find(({ role }) => role === 'definition');
    if (kind !== 'heredoc' && definition) add(kind, name, definition.span.start);
    const last = uses.at(-1);
    if (kind !== 'heredoc' && last && last !== definition) add(kind, name, last.span.start);
  }
  for (const instruction of model.each('RUN', 'CMD', 'ENTRYPOINT', 'HEALTHCHECK'))
    for (const { name, uses } of scriptVariables(model, instruction)?.all ?? []) {
      const assigned = uses.find(isAssignment);
      if (assigned && model.symbolAt(assigned.span.start) === undefined)
        add('variable', name, assigned.span.start);
    }
  return places;
}

test('every rename keeps what the file means, asks or is refused', () => {
  const counts = new Map<string, number>();
  const wrong: string[] = [];
  for (const text of dockerfiles)
    for (const { offset, name } of placesOf(text)) {
      const { answer, reason, differences }: Outcome = renameAndCompare(text, offset, name);
      counts.set(answer, (counts.get(answer) ?? 0) + 1);
      if (answer === 'refused' && reason === '') wrong.push(`${name.from}: refused without a reason`); // prettier-ignore
      if (differences.length > 0) wrong.push(`${name.from}: ${differences.join('\n')}`);
    }
  expect(wrong).toEqual([]);
  expect(counts.get('renamed')).toBeGreaterThan(10);
  expect(counts.get('refused')).toBeGreaterThan(0);
});
