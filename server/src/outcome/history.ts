/** The entries of an image's history that an engine lists, and the instructions that made them. */
import type { BuiltLayer } from '../../../contract/build.ts';
import { lineage } from '../model/lineage.ts';
import type { Document } from '../model/document.ts';
import type { Stage } from '../model/model.ts';
import type { Instruction, Run } from '../syntax/tree.ts';
import type { StageBase } from './stage-bases.ts';
import { isScriptOf } from './step-text.ts';

/** What the history says of an instruction. */
export interface HistoryEntry {
  /** What the instruction added to the image. */
  readonly bytes: number;
  /** The latest entry has the index 0. */
  readonly index: number;
}

/**
 * The entry of each instruction in the history of the image of a stage; instructions of the base image come before them and are
 * left out. Instructions whose entry is not certain are absent.
 */
export function historyEntries(
  { tree }: Document,
  stage: Stage,
  {
    bases,
    layers,
  }: { readonly bases: readonly StageBase[]; readonly layers: readonly BuiltLayer[] },
): ReadonlyMap<Instruction, HistoryEntry> {
  const entries = new Map<Instruction, HistoryEntry>();
  const instructions = historyInstructions(stage, bases);
  // From the newest entry on, which is the first one: it is not known how many entries the base image has.
  let next = 0;
  for (const instruction of [...instructions].reverse()) {
    const entry = layers[next];
    const made = entry && readEntry(entry.createdBy);
    if (entry === undefined || made === undefined) break;
    // BuildKit does not record ONBUILD, the classic builder does.
    if (instruction.kind === 'ONBUILD' && made.keyword !== 'ONBUILD') continue;
    if (!isEntryOf(made, instruction, tree)) break;
    const bytes = (entries.get(instruction)?.bytes ?? 0) + entry.size;
    entries.set(instruction, { bytes, index: next });
    next++;
  }
  return entries;
}

/** In the order in which they run: those of the stages that a stage is built from first. */
function historyInstructions(stage: Stage, bases: readonly StageBase[]): readonly Instruction[] {
  const stages = [...lineage(stage)].reverse();
  return stages.flatMap((one, i) => {
    const parent = bases[one.index]?.stage;
    const triggers =
      parent === undefined || stages[i - 1] !== parent
        ? []
        : parent.instructions.flatMap((child) => (child.kind === 'ONBUILD' && child.trigger) || []);
    return [...triggers, ...one.instructions.filter(({ kind }) => kind !== 'unknown')];
  });
}

interface Entry {
  readonly keyword: string;
  /** The whole instruction, as far as it is printed; for RUN only the script. */
  readonly text: string;
}

/**
 * What an entry says: `RUN |1 A=b /bin/sh -c make # buildkit`, `COPY a /b # buildkit`, or of the classic builder
 * `/bin/sh -c #(nop)  ENV A=b` and `/bin/sh -c make`.
 */
function readEntry(createdBy: string): Entry | undefined {
  const text = createdBy.replace(/ # buildkit$/, '').trim();
  const old = /#\(nop\)\s+(\w+)(.*)$/s.exec(text);
  if (old?.[1] !== undefined)
    return { keyword: old[1].toUpperCase(), text: `${old[1]}${old[2] ?? ''}` };
  const keyword = /^([A-Z]+)\s/.exec(text)?.[1];
  return { keyword: keyword ?? 'RUN', text: keyword === undefined ? `RUN ${text}` : text };
}

function isEntryOf(
  { keyword, text }: Entry,
  instruction: Instruction,
  tree: Document['tree'],
): boolean {
  if (keyword !== instruction.kind) return false;
  // Other entries are written in a form of their own: `EXPOSE map[80/tcp:{}]`.
  if (keyword !== 'RUN') return true;
  if (instruction.kind !== 'RUN') return true;
  return instruction.heredocs.length > 0 || endsWithScript(text, instruction, tree);
}

/** The shell, its options, and values of arguments come before the script. */
function endsWithScript(text: string, run: Run, tree: Document['tree']): boolean {
  if (isScriptOf(text.slice(4), run, tree)) return true;
  for (let at = text.indexOf(' -'); at >= 0; at = text.indexOf(' -', at + 1)) {
    const script = /^ -\S+ (.*)$/s.exec(text.slice(at))?.[1];
    if (script !== undefined && isScriptOf(script, run, tree)) return true;
  }
  return false;
}
