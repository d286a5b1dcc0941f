/** What a Dockerfile means for a build, in a form in which two files can be compared that differ by one name. */
import { document, type Document } from '../../server/src/model/document.ts';
import { scriptVariables } from '../../server/src/model/script-variables.ts';
import type { Instruction, Word } from '../../server/src/syntax/tree.ts';
import { assignmentBefore } from '../../server/src/shell/variable-groups.ts';
import { applyEdits } from '../../server/src/text/edit.ts';
import { rename } from '../../server/src/features/rename.ts';

/** How a name is written in the other file. */
export interface NewName {
  readonly kind: 'variable' | 'stage' | 'heredoc';
  readonly from: string;
  readonly to: string;
}

/** One line for each instruction. The new name is written like the old one. */
export function meaningOf(text: string, renamed?: NewName): readonly string[] {
  const one = document('untitled:Dockerfile', text);
  const { model } = one;
  const canonical = (name: string, kind: NewName['kind']): string =>
    renamed?.kind === kind && name.toLowerCase() === renamed.to.toLowerCase() ? renamed.from : name;
  return model.each().map((instruction) => {
    const variable = (name: string): string => canonical(name, 'variable');
    const word = (it: Word): unknown => [
      (model.expand(it)?.text ?? 'unknown').replaceAll(`env=${renamed?.to ?? ''}`, `env=${renamed?.from ?? ''}`), // prettier-ignore
      it.variables.map((used) => [variable(used.name), declarationOf(one, used.span.start, used)]),
    ];
    // The default of an ARG may be the name of a stage.
    const stageOfDefault = ({ text: value }: Word): unknown =>
      instruction.kind === 'ARG' && canonical(value, 'stage') !== value ? [renamed?.from, []] : undefined; // prettier-ignore
    return JSON.stringify([
      instruction.kind,
      stageMeaning(one, instruction, (name) => canonical(name, 'stage')),
      instruction.flags.map(({ name, value }) => [
        name.text,
        value && model.references().every(({ span }) => span.start < value.span.start || span.end > value.span.end) && word(value), // prettier-ignore
      ]),
      instruction.kind === 'ARG' || instruction.kind === 'ENV' || instruction.kind === 'LABEL'
        ? instruction.pairs.map(({ key, value }) => [
            variable(key.text),
            value && (stageOfDefault(value) ?? word(value)),
          ])
        : shells.has(instruction.kind)
          ? scriptMeaning(one, instruction, variable)
          : instruction.kind === 'FROM'
            ? []
            : instruction.words.map(word),
    ]);
  });
}

const shells: ReadonlySet<Instruction['kind']> = new Set(['RUN', 'CMD', 'ENTRYPOINT', 'HEALTHCHECK']); // prettier-ignore

/** The index of the instruction that declares a variable as it is read at a place. */
function declarationOf(
  { model }: Document,
  offset: number,
  { name }: { readonly name: string },
): number | string | undefined {
  const span = { start: offset, end: offset };
  const from = model.resolve({ name, span, nameSpan: span })?.from;
  return typeof from === 'object' ? model.each().indexOf(from) : from;
}

function stageMeaning(
  { model }: Document,
  instruction: Instruction,
  canonical: (name: string) => string,
): unknown {
  const sources = model
    .references()
    .filter((one) => one.instruction === instruction)
    .map(({ to, name }) => (to?.kind === 'stage' ? to.index : canonical(name)));
  const stage = model.stages.find(({ from }) => from === instruction);
  if (stage === undefined) return sources;
  const { base, image, name = '' } = stage;
  return [canonical(name), base?.kind === 'stage' ? base.index : image];
}

/** The environment of the script, and which assignment or declaration each of its variables comes from. */
function scriptMeaning(
  one: Document,
  instruction: Instruction,
  variable: (name: string) => string,
): unknown {
  const { model } = one;
  const environment = [...model.stateAt(instruction).variables.values()]
    .map(({ name, value, from }) => [
      variable(name),
      value ?? null,
      typeof from === 'object' ? model.each().indexOf(from) : from,
    ]) // prettier-ignore
    .sort((a, b) => (String(a[0]) < String(b[0]) ? -1 : 1));
  const found = scriptVariables(model, instruction);
  const order = new Map(found?.uses.map((use, index) => [use, index]));
  const uses = found?.uses.map((use) => {
    const group = found.at(use.span.start)?.group;
    const before = group && use.kind === 'read' ? assignmentBefore(group, use) : undefined;
    const source =
      use.kind === 'prefix'
        ? 'environment of a command'
        : before
          ? `use ${order.get(before) ?? ''}`
          : declarationOf(one, use.span.start, use);
    return [variable(use.name), use.kind, source];
  });
  return [environment, uses];
}

/** What became of a rename: the differences that it would make, or how it was answered. */
export interface Outcome {
  readonly answer: 'renamed' | 'asked' | 'refused' | 'nothing';
  readonly reason: string;
  readonly text: string;
  readonly differences: readonly string[];
}

/** The names of one file are renamed one after the other. */
let lastMeaning: { readonly text: string; readonly lines: readonly string[] } | undefined;

/** Renames what is at a place, and compares what the file means before and after. */
export function renameAndCompare(text: string, offset: number, name: NewName): Outcome {
  const answer = rename(document('untitled:Dockerfile', text), offset, name.to);
  const none = { text, differences: [], reason: '' };
  if (answer === undefined) return { ...none, answer: 'nothing' };
  if (answer.refused !== undefined) return { ...none, answer: 'refused', reason: answer.refused };
  const edits = [...answer.edits, ...answer.questions.flatMap((question) => question.edits)];
  const after = applyEdits(text, edits);
  if (lastMeaning?.text !== text) lastMeaning = { text, lines: meaningOf(text) };
  const { lines: before } = lastMeaning;
  const then = meaningOf(after, name);
  const differences = before.flatMap((line, index) =>
    line === then[index] ? [] : [`${line}\n${then[index] ?? 'missing'}`],
  );
  const [question] = answer.questions;
  return {
    answer: question === undefined ? 'renamed' : 'asked',
    reason: question?.reason ?? '',
    text: after,
    differences: edits.length === 0 ? ['no edit'] : differences,
  };
}
