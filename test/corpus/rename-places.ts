/** The places of a file at which the tests rename. */
import { document } from '../../server/src/model/document.ts';
import { scriptVariables } from '../../server/src/model/script-variables.ts';
import { isAssignment } from '../../server/src/shell/variable-groups.ts';
import type { NewName } from './rename-meaning.ts';

export interface Place {
  readonly offset: number;
  readonly name: NewName;
}

/** Where each variable and stage of the file, and each variable of a script, is first and last named. */
export function placesOf(text: string): readonly Place[] {
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
