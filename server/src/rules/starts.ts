/** What a container of a stage starts, as far as the file says. */
import type { Stage } from '../model/model.ts';
import type { Instruction, Kind, Of } from '../syntax/tree.ts';

/** The last instruction of a kind in a stage or, where it has none, in those below it. */
export function lastIn<K extends Kind>(stage: Stage, kind: K): Of<K> | undefined {
  for (let one: Stage | undefined = stage; one;) {
    const found = one.instructions.findLast((it: Instruction) => it.kind === kind);
    if (found) return found as Of<K>;
    one = one.base && 'from' in one.base ? one.base : undefined;
  }
  return undefined;
}

/** The stage at the bottom, which is built from an image or from nothing. */
export function bottomOf(stage: Stage): Stage {
  let one = stage;
  while (one.base && 'from' in one.base) one = one.base;
  return one;
}

/** Both as written, the entry point first. */
export function startsOf(stage: Stage): readonly (Of<'ENTRYPOINT'> | Of<'CMD'>)[] {
  const entrypoint = lastIn(stage, 'ENTRYPOINT');
  const cmd = lastIn(stage, 'CMD');
  return [...(entrypoint ? [entrypoint] : []), ...(cmd ? [cmd] : [])];
}

/** The first words of a command line: the argv of the exec form, or what a plain script begins with. */
export function wordsOf({ command }: Of<'ENTRYPOINT'> | Of<'CMD'>): readonly string[] {
  if (command === undefined) return [];
  if (command.form === 'exec') return command.argv.map(({ text }) => text);
  return command.script.text.trim().split(/\s+/);
}
