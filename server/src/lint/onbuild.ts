/**
 * BuildKit runs the ONBUILD triggers of a stage, and checks them, when another stage of the file is built from it
 * (dockerfile2llb/convert.go, dispatchOnBuildTriggers); it reports them at that FROM.
 */
import { createModel } from '../model/lazy-model.ts';
import type { Model, Stage } from '../model/model.ts';
import { parse } from '../syntax/parse.ts';
import type { From, Instruction } from '../syntax/tree.ts';
import { onceFor } from '../text/memoize.ts';
import { firstFrom } from '../text/sorted.ts';
import { slice, type Span } from '../text/span.ts';
import { t } from '../text/translation.ts';
import { isBuildKitName, type Finding } from './rule.ts';

/** A file with the triggers of each base stage written after the FROM where they run. */
export interface ExpandedFile {
  readonly model: Model;
  /** What was found in a copy of a trigger, at its place in the trigger and at the FROM; undefined for other findings. */
  places(finding: Finding): { readonly atTrigger: Finding; readonly atFrom: Finding } | undefined;
}

interface Copy {
  readonly from: From;
  readonly name: string;
  /** Of the copy, in the expanded text. */
  readonly span: Span;
  /** From the trigger to its copy. */
  readonly shift: number;
}

/** More text than this is not inserted: stages times triggers may be a large number. */
const maxInserted = 100_000;

/** Undefined if no stage has a base stage with triggers. */
export function expandTriggers(model: Model): ExpandedFile | undefined {
  const { tree, stages } = model;
  if (model.each('ONBUILD').length === 0) return undefined;
  const copies: Copy[] = [];
  let text = '';
  let end = 0;
  let inserted = 0;
  // Many stages can be built from one.
  const triggersOf = onceFor((stage: Stage) => stage.instructions.flatMap(triggerOf));
  for (const { base, from } of stages) {
    if (base?.kind !== 'stage') continue;
    const triggers = triggersOf(base);
    if (triggers.length === 0) continue;
    text += slice(tree.text, { start: end, end: from.span.end });
    end = from.span.end;
    for (const { span } of triggers) {
      if ((inserted += span.end - span.start) > maxInserted) break;
      const start = text.length + 1;
      text += `\n${slice(tree.text, span)}`;
      const name = from.image?.text ?? '';
      copies.push({ from, name, span: { start, end: text.length }, shift: start - span.start });
    }
  }
  if (copies.length === 0) return undefined;
  text += tree.text.slice(end);
  return {
    model: createModel(parse(text)),
    places: (finding) => {
      const { start } = finding.at.span;
      const copy = copies[firstFrom(copies, start + 1) - 1];
      const isInside = copy !== undefined && start < copy.span.end;
      return isInside && isCheckedThere(finding) ? placesOf(finding, copy) : undefined;
    },
  };
}

function triggerOf(instruction: Instruction): readonly Instruction[] {
  const trigger = instruction.kind === 'ONBUILD' ? instruction.trigger : undefined;
  return trigger === undefined ? [] : [trigger];
}

/** Advice is given where the trigger is written, and what BuildKit warns of also where it runs. */
function isCheckedThere({ severity, also }: Finding): boolean {
  return severity === 'error' || severity === 'warning' || also.some(isBuildKitName);
}

function placesOf(
  { at, message, ...finding }: Finding,
  { from, name, shift }: Copy,
): { readonly atTrigger: Finding; readonly atFrom: Finding } {
  const trigger = { span: { start: at.span.start - shift, end: at.span.end - shift } };
  const rest = { ...finding, fix: undefined, others: undefined, elsewhere: undefined };
  return {
    atTrigger: { ...rest, at: trigger, message },
    atFrom: {
      ...rest,
      at: from.image ?? from.keyword,
      message: t('`ONBUILD` of `{0}`: {1}', name, message),
      related: [{ at: trigger, message: t('In this trigger') }],
    },
  };
}
