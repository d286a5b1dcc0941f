/** What each instruction cost, compared with the build before, and how it is shown beside it. */
import { createHash } from 'node:crypto';
import { t } from '@vscode/l10n';
import type { BuiltLayer } from '../../../../contract/build.ts';
import type { BuildCosts, InstructionCostMark, StageCostMark } from '../../ui/build-marks.ts';
import { ageBetween, formatAge, formatElapsed, formatSize, joinDetails } from '../../ui/format.ts';
import type { PastBuild, StepResult } from '../../ui/past-builds.ts';
import type { BuildRun } from './build-run.ts';
import { formatClock } from './head.ts';
import type { PlannedStep } from './plan.ts';
import { roundTimeText } from './texts.ts';

export interface StepCost {
  readonly step: PlannedStep;
  /** The same in another build of the same instruction. */
  readonly key: string;
  /** Of its layer; absent if the image does not contain it. */
  readonly bytes?: number;
  /** Of its layer, which the image does not contain; absent until it is known. */
  readonly outside?: number;
  /** Milliseconds; absent if it was cached. */
  readonly ms?: number;
  /** The index of its entry in the history of the image, the latest entry first. */
  readonly entry?: number;
  readonly before?: StepResult;
}

/** Smaller differences are not shown. */
const leastBytes = 10_000;
const leastTime = 1000;

/** The costs of the instructions that were built, in the order of the file. */
export function stepCosts(
  run: BuildRun,
  history: readonly BuiltLayer[],
  before: PastBuild | undefined,
): ReadonlyMap<PlannedStep, StepCost> {
  const { plan } = run.dockerfile;
  const layers = new Map(
    run.dockerfile.layersOf(run.steps.steps, history).map((layer) => [layer.step, layer]),
  );
  const times = new Map<PlannedStep, number | undefined>();
  for (const { name, state, duration = 0 } of run.steps.steps) {
    const step = plan.stepOf(name);
    if (step === undefined || (state !== 'done' && state !== 'cached')) continue;
    // With several platforms, an instruction is several steps.
    const ms = state === 'cached' ? undefined : duration;
    times.set(step, Math.max(times.get(step) ?? 0, ms ?? 0) || ms);
  }
  const ordinals = new Map<string, number>();
  const costs = new Map<PlannedStep, StepCost>();
  for (const step of plan.stages.flatMap(({ steps }) => steps)) {
    if (!times.has(step)) continue;
    const text = `${step.stage} ${step.keyword} ${step.text}`;
    const ordinal = (ordinals.get(text) ?? 0) + 1;
    ordinals.set(text, ordinal);
    const key = keyOf(`${text} ${ordinal}`);
    const { bytes, entry } = layers.get(step) ?? {};
    const ms = times.get(step);
    const earlier = before?.steps.find((one) => one.key === key);
    costs.set(step, {
      step,
      key,
      ...(bytes !== undefined && { bytes }),
      ...(ms !== undefined && { ms }),
      ...(entry !== undefined && { entry }),
      ...(earlier && { before: earlier }),
    });
  }
  return costs;
}

/** Short, and without values that the instruction may contain. */
function keyOf(text: string): string {
  return createHash('sha256').update(text).digest('base64url').slice(0, 12);
}

/**
 * The marks beside instructions and above stages; undefined if the text that was built is not known. `imageBytes` is the
 * size of the whole image.
 */
export function costMarks(
  run: BuildRun,
  costs: ReadonlyMap<PlannedStep, StepCost>,
  imageBytes: number | undefined,
): BuildCosts | undefined {
  const { start, text, startedAt, milliseconds, dockerfile } = run;
  if (text === undefined) return undefined;
  const { stages } = dockerfile.plan;
  const all = [...costs.values()];
  const last = stages.findLastIndex((_, index) => all.some(({ step }) => step.stage === index));
  const clock = formatClock(new Date(startedAt.getTime() + milliseconds));
  const stageMarks = stages.flatMap((stage, index): StageCostMark[] => {
    const own = all.filter(({ step }) => step.stage === index);
    if (own.length === 0) return [];
    // The image of a build of another program may not be known.
    const hasSizes =
      run.state === 'done' && (run.elsewhere === undefined || run.steps.imageId !== undefined);
    const textAt = (now: Date): string => {
      const summary = [
        totalText(own, hasSizes),
        ...(index === last && run.state === 'done'
          ? [
              imageBytes === undefined ? '' : t('image {0}', formatSize(imageBytes)),
              run.elsewhere === undefined
                ? t('built at {0} in {1}', clock, roundTimeText(milliseconds))
                : elsewhereText(run, all, now),
            ]
          : []),
      ];
      return summary.filter((one) => one !== '').join(' | ');
    };
    const mark = { instruction: stage.from, text: textAt(new Date()) };
    return [run.elsewhere !== undefined && index === last ? { ...mark, textAt } : mark];
  });
  return {
    path: start.request.dockerfile,
    text,
    instructions: [
      ...all.map((cost): InstructionCostMark => {
        const change = changeOf(cost);
        return { instruction: cost.step, text: costText(cost), ...(change && { change }) };
      }),
      ...failureMark(run),
    ],
    stages: stageMarks,
  };
}

/** `built 2 min ago in a terminal, 41 s, 7 of 9 steps cached`. */
function elsewhereText(
  { elsewhere, startedAt, milliseconds }: BuildRun,
  costs: readonly StepCost[],
  now: Date,
): string {
  const age = formatAge(ageBetween(new Date(startedAt.getTime() + milliseconds), now));
  const time = roundTimeText(milliseconds);
  const cached = costs.filter(({ ms }) => ms === undefined).length;
  const all = costs.length;
  const steps =
    all === 1 ? t('{0} of 1 step cached', cached) : t('{0} of {1} steps cached', cached, all);
  return elsewhere === 'program'
    ? t('built {0} by another program, {1}, {2}', age, time, steps)
    : t('built {0} in a terminal, {1}, {2}', age, time, steps);
}

/** Beside the instruction that failed. */
function failureMark({ state, place }: BuildRun): readonly InstructionCostMark[] {
  if (state !== 'failed' || place === undefined) return [];
  const { instruction, exitCode } = place;
  const text = exitCode === undefined ? t('failed') : t('failed, exit code {0}', exitCode);
  return [{ instruction, text: '', change: { text, isBetter: false } }];
}

/** `144 MB · 25.4 s`, `61.5 MB · cached`. */
function costText({ bytes, outside, ms }: StepCost): string {
  const size = bytes ?? outside;
  return joinDetails(
    size === undefined ? undefined : formatSize(size),
    ms === undefined ? t('cached') : formatElapsed(ms),
  );
}

/** The difference in size, or else in time; both if they go the same way. */
function changeOf({ bytes, ms, before }: StepCost): InstructionCostMark['change'] {
  const size = bytes === undefined || before?.bytes === undefined ? 0 : bytes - before.bytes;
  const time = ms === undefined || before?.ms === undefined ? 0 : ms - before.ms;
  const sizeText = Math.abs(size) < leastBytes ? '' : signed(size, formatSize);
  const isSlow = Math.abs(time) >= Math.max(leastTime, (before?.ms ?? 0) / 10);
  const timeText = isSlow ? signed(time, roundTimeText) : '';
  const text =
    sizeText === '' || size < 0 === time < 0 ? joinDetails(sizeText, timeText) : sizeText;
  return text === '' ? undefined : { text, isBetter: (sizeText === '' ? time : size) < 0 };
}

function signed(value: number, format: (value: number) => string): string {
  return value < 0 ? `−${format(-value)}` : `+${format(value)}`;
}

/** `61.7 MB, cached`, `148 MB, 38.8 s, not in the image`. */
function totalText(costs: readonly StepCost[], isImage: boolean): string {
  const size = sizeOfAll(costs.flatMap(({ bytes }) => bytes ?? []));
  // A total without the steps whose size is not known would be too small.
  const made = costs.filter(({ step }) => step.keyword !== 'FROM');
  const isKnown = made.every((cost) => cost.outside !== undefined);
  const outside = isKnown ? sizeOfAll(made.flatMap((cost) => cost.outside ?? [])) : undefined;
  const ran = costs.flatMap(({ ms }) => ms ?? []);
  const time =
    ran.length === 0 ? t('cached') : formatElapsed(ran.reduce((all, one) => all + one, 0));
  if (size !== undefined) return t('{0}, {1}', size, time);
  if (!isImage) return time;
  return t('{0}, not in the image', outside === undefined ? time : t('{0}, {1}', outside, time));
}

function sizeOfAll(sizes: readonly number[]): string | undefined {
  return sizes.length === 0 ? undefined : formatSize(sizes.reduce((all, one) => all + one, 0));
}
