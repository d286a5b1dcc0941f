/** Reads the Dockerfile of a build with the parser: its steps, the place of a failure, and the layers of instructions. */
import { createHash } from 'node:crypto';
import type { BuildRequest, BuiltLayer } from '../../../../contract/build.ts';
import { document as readDocument, type Document } from '../../../../server/src/model/document.ts';
import { costsOf } from '../../../../server/src/outcome/costs.ts';
import {
  placeOf,
  type FailurePlace as FoundPlace,
} from '../../../../server/src/outcome/failures.ts';
import type { BuildOptions } from '../../../../server/src/outcome/stage-bases.ts';
import { instructionKey, oneLine } from '../../../../server/src/outcome/step-text.ts';
import { buildSteps, instructionOfStep } from '../../../../server/src/outcome/steps.ts';
import type { Instruction } from '../../../../server/src/syntax/tree.ts';
import type { BuiltDockerfile, FailureContext, FailurePlace } from '../view/outcome.ts';
import type { Plan, PlannedStep } from '../view/plan.ts';
import type { Step } from '../view/steps.ts';
import { contextNames, ignoreFiles } from './context-files.ts';

/** The Dockerfile of a build. */
export function readDockerfile(text: string, request: BuildRequest): Promise<BuiltDockerfile> {
  const document = readDocument('file:///Dockerfile', text);
  const { target, buildArgs } = request;
  const options: BuildOptions = { target, buildArgs };
  const plan = planOf(document, options);
  return Promise.resolve({
    plan,
    placeOf: (context) => findPlace(document, request, context),
    layersOf: (steps, history) => layersOf(document, options, { plan, steps, history }),
  });
}

/** The stages and their steps, in the order of the file. */
function planOf(document: Document, options: BuildOptions): Plan {
  const { model, lines } = document;
  const needed = buildSteps(document, options);
  const planned = new Map<Instruction, PlannedStep>();
  const identities = identitiesOf(document);
  const plan = (instruction: Instruction, stage: number): PlannedStep => {
    const known = planned.get(instruction);
    if (known !== undefined) return known;
    const keyword = instruction.keyword.text;
    const created: PlannedStep = {
      stage,
      line: lines.positionAt(instruction.span.start).line + 1,
      keyword: keyword.toUpperCase(),
      text: oneLine(instruction, document.tree).slice(keyword.length).trim(),
      ...instruction.span,
      identity: identities.get(instruction) ?? '',
    };
    planned.set(instruction, created);
    return created;
  };
  const stages = model.stages.map((stage) => {
    const steps = needed.filter((step) => step.stage === stage);
    return {
      ...(stage.name !== undefined && { name: stage.name }),
      from: stage.from.span,
      needed: steps.length > 0,
      steps: steps.map(({ instruction }) => plan(instruction, stage.index)),
    };
  });
  // The name of a step is looked up whenever the page is drawn.
  const found = new Map<string, PlannedStep | undefined>();
  const stepOf = (name: string): PlannedStep | undefined => {
    if (found.has(name)) return found.get(name);
    const instruction = instructionOfStep(document, name, options);
    const stage = instruction && model.stageOf(instruction);
    const step = instruction && stage && plan(instruction, stage.index);
    found.set(name, step);
    return step;
  };
  return { stages, stepOf };
}

/** Identities of instructions: digests of all that is in the stage up to there, without its name. */
function identitiesOf({ model, tree }: Document): ReadonlyMap<Instruction, string> {
  const identities = new Map<Instruction, string>();
  for (const { from, instructions } of model.stages) {
    let identity = '';
    for (const instruction of [from, ...instructions.filter((one) => one !== from)]) {
      const key =
        instruction === from
          ? oneLine(from, tree).replace(/\sAS\s+\S+$/i, '')
          : instructionKey(instruction, tree);
      identity = createHash('sha256').update(`${identity} ${key}`).digest('base64');
      identities.set(instruction, identity);
    }
  }
  return identities;
}

async function findPlace(
  document: Document,
  request: BuildRequest,
  { failure, log }: FailureContext,
): Promise<FailurePlace | undefined> {
  const { context, target, buildArgs } = request;
  const directory = context.kind === 'directory' ? context.path : undefined;
  const ignored = directory === undefined ? [] : await ignoreFiles(request.dockerfile, directory);
  const place = placeOf(document, {
    failure,
    log,
    target,
    buildArgs,
    ignoreFiles: ignored,
    contextNames: directory === undefined ? [] : await contextNames(directory),
  });
  return place && withInstruction(document, place, ignored);
}

function withInstruction(
  { tree }: Document,
  place: FoundPlace,
  files: readonly { readonly path: string; readonly text: string }[],
): FailurePlace {
  const around = tree.instructions.find(
    ({ span }) => span.start <= place.start && place.end <= span.end,
  );
  return {
    ...place,
    instruction: around?.span ?? { start: place.start, end: place.end },
    fixes: place.fixes.map((fix) => {
      const file = files.find(({ path }) => path === fix.path);
      return { ...fix, ...(file && { text: file.text }) };
    }),
  };
}

interface Built {
  readonly plan: Plan;
  readonly steps: readonly Step[];
  readonly history: readonly BuiltLayer[];
}

function layersOf(
  document: Document,
  options: BuildOptions,
  { plan, steps, history }: Built,
): ReturnType<BuiltDockerfile['layersOf']> {
  const events = steps.map(({ id, name, state, duration }) => ({
    kind: 'step' as const,
    id,
    name,
    state,
    ...(duration !== undefined && { duration }),
  }));
  const costs = costsOf(document, { ...options, events, layers: history }).instructions;
  const byStart = new Map(costs.map((cost) => [cost.start, cost]));
  return plan.stages
    .flatMap((stage) => stage.steps)
    .map((step) => {
      const { bytes, entry } = byStart.get(step.start) ?? {};
      return {
        step,
        ...(bytes !== undefined && { bytes }),
        ...(entry !== undefined && { entry }),
      };
    });
}
