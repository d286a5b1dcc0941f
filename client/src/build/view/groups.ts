/** Groups the steps of a build by stage, in the order of the Dockerfile. */
import { t } from '@vscode/l10n';
import { formatElapsed, formatSize, joinDetails } from '../../ui/format.ts';
import type { Group, Row, RowState } from './page.ts';
import type { Plan, PlannedStep } from './plan.ts';
import { internalTitle, isExport, parseStageStep } from './step-names.ts';
import { plainText } from '../../../../server/src/text/control-sequences.ts';
import { downloadOf, type BuildSteps, type Step } from './steps.ts';

export interface GroupsOptions {
  readonly plan: Plan;
  /** The build has ended: what has not run does not start any more. */
  readonly ended: boolean;
  readonly succeeded: boolean;
  /** The size of the layer of an instruction, and the difference to the build before, once they are known. */
  readonly costOf?: (step: PlannedStep) => string | undefined;
  /** Bytes of the layer of an instruction, once they are known. */
  readonly bytesOf?: (step: PlannedStep) => number | undefined;
  /** The same for a layer that the image does not contain. */
  readonly outsideOf?: (step: PlannedStep) => number | undefined;
  readonly isOpen: (row: string) => boolean;
}

export interface Groups {
  readonly groups: readonly Group[];
  readonly rows: readonly Row[];
  /** Instructions: those that have ended, the cached ones among them, and all. */
  readonly counts: { readonly ended: number; readonly cached: number; readonly all: number };
}

/** A step of the build, an instruction that waits, or both. */
interface Entry {
  readonly id: string;
  readonly step?: Step;
  readonly planned?: PlannedStep;
  /** The line of the instruction whose step it is, if it is that of another one. */
  readonly sameAs?: number;
}

interface Draft {
  readonly id: string;
  readonly title: string;
  readonly entries: Entry[];
}

/** A step is slow if it takes at least this long, in milliseconds, and longer than the others. */
const slow = 5000;

/** The groups and rows of the page. */
export function groupSteps(build: BuildSteps, options: GroupsOptions): Groups {
  const drafts = draftGroups(build, options);
  const entries = drafts.flatMap((draft) => draft.entries);
  const slowest = Math.max(slow, ...entries.map(({ step }) => step?.duration ?? 0));
  const rows = new Map(
    entries.map((entry) => [entry, rowOf(build, entry, options, slowest)] as const),
  );
  const instructions = entries.filter(
    ({ step, planned }) => planned ?? (step && parseStageStep(step.name)),
  );
  const inState = (...states: readonly RowState[]) =>
    instructions.filter((entry) => states.includes(rows.get(entry)?.state ?? 'waiting')).length;
  return {
    groups: drafts.map(({ id, title, entries }) => ({
      id,
      title,
      ...totalOf(entries, options),
      rows: entries.map((entry) => entry.id),
    })),
    rows: [...rows.values()],
    counts: {
      ended: inState('done', 'cached', 'failed'),
      cached: inState('cached'),
      all: instructions.length,
    },
  };
}

/** Preparation first, then the stages of the file; the export follows the last stage. */
function draftGroups(build: BuildSteps, { plan, ended, succeeded }: GroupsOptions): Draft[] {
  const preparation: Draft = { id: 'preparation', title: t('Preparation'), entries: [] };
  const stages: Draft[] = plan.stages.map(({ name }, index) => ({
    id: `stage ${index}`,
    title: name ?? t('Stage {0}', index + 1),
    entries: [],
  }));
  const named = new Map<string, Draft>();
  const exports: Entry[] = [];
  const started = new Map<PlannedStep, Step>();
  for (const step of build.steps) {
    const planned = plan.stepOf(step.name);
    const entry: Entry = { id: step.id, step, ...(planned && { planned }) };
    if (planned) {
      started.set(planned, step);
      stages[planned.stage]?.entries.push(entry);
      continue;
    }
    const inStage = parseStageStep(step.name);
    if (inStage !== undefined) stageNamed(named, inStage.stage).entries.push(entry);
    else if (isExport(step.name)) exports.push(entry);
    else preparation.entries.push(entry);
  }
  const equal = equalSteps(started);
  for (const [index, { needed, steps }] of plan.stages.entries()) {
    const draft = stages[index];
    if (draft === undefined) continue;
    const others = needed ? steps.filter((one) => !started.has(one)) : [];
    const waiting = others.map((planned) => waitingEntry(planned, equal));
    // In a build that succeeded, no instruction waits any more.
    draft.entries.push(...(ended && succeeded ? waiting.filter(({ step }) => step) : waiting));
    draft.entries.sort((a, b) => (a.planned?.line ?? 0) - (b.planned?.line ?? 0));
  }
  const all = [preparation, ...stages, ...named.values()].filter(
    ({ entries }) => entries.length > 0,
  );
  all.at(-1)?.entries.push(...exports);
  return all;
}

/** The step of another instruction that a builder runs instead of this one; undefined if there is none. */
type EqualSteps = (planned: PlannedStep) => Pick<Entry, 'step' | 'sameAs'> | undefined;

/** Equal steps of several stages are one step, which has the name of one of them. */
function equalSteps(started: ReadonlyMap<PlannedStep, Step>): EqualSteps {
  const keyOf = ({ keyword, text, identity }: PlannedStep): string =>
    keyword === 'FROM'
      ? `FROM ${text.replace(/^--platform=\S+ /, '').split(' ')[0] ?? ''}`
      : identity;
  const byKey = new Map([...started].map(([planned, step]) => [keyOf(planned), { step, sameAs: planned.line }])); // prettier-ignore
  return (planned) => byKey.get(keyOf(planned));
}

/** An instruction without a step of its own. */
function waitingEntry(planned: PlannedStep, equal: EqualSteps): Entry {
  return { id: `line ${planned.line}`, planned, ...equal(planned) };
}

function stageNamed(named: Map<string, Draft>, name: string | undefined): Draft {
  const id = `named ${name ?? ''}`;
  const known = named.get(id) ?? { id, title: name ?? t('Steps'), entries: [] };
  named.set(id, known);
  return known;
}

function rowOf(build: BuildSteps, entry: Entry, options: GroupsOptions, slowest: number): Row {
  const { id, step, planned } = entry;
  const state: RowState = step?.state ?? (options.ended ? 'canceled' : 'waiting');
  const inStage = step && parseStageStep(step.name);
  const instruction = planned ?? splitInstruction(inStage?.text);
  const platform = inStage?.platform === undefined ? '' : `${inStage.platform}: `;
  return {
    id,
    state,
    stateLabel: stateLabel(state, step !== undefined),
    ...(planned && { line: planned.line }),
    ...(instruction && { keyword: `${platform}${instruction.keyword}` }),
    text: instruction?.text ?? plainText(internalTitle(step?.name ?? '')),
    what: whatOf(build, entry, options),
    time:
      state === 'cached'
        ? t('cached')
        : step?.duration === undefined || state === 'running'
          ? ''
          : formatElapsed(step.duration),
    ...(step && state === 'running' && { runningSince: step.startedAt }),
    slow: step?.duration !== undefined && step.duration >= slowest,
    open: options.isOpen(id),
  };
}

function splitInstruction(
  text: string | undefined,
): { readonly keyword: string; readonly text: string } | undefined {
  if (text === undefined) return undefined;
  const [, keyword = '', rest = ''] = /^(\S*)\s*(.*)$/s.exec(plainText(text)) ?? [];
  return { keyword, text: rest.replace(/\s+/g, ' ') };
}

function stateLabel(state: RowState, hasStarted: boolean): string {
  switch (state) {
    case 'running':
      return t('running');
    case 'done':
      return t('done');
    case 'cached':
      return t('cached');
    case 'failed':
      return t('failed');
    case 'waiting':
      return t('waiting');
    case 'canceled':
      return hasStarted ? t('cancelled') : t('not started');
  }
}

/** The fact before the time. */
function whatOf(
  { sent, failure }: BuildSteps,
  { step, planned, sameAs }: Entry,
  { ended, costOf }: GroupsOptions,
): string {
  if (step === undefined) return ended ? t('not started') : '';
  if (step.state === 'canceled') return t('cancelled');
  if (step.state === 'failed') {
    const exitCode = failure?.exitCode ?? exitCodeOf(step.error);
    return exitCode === undefined ? '' : t('exit code {0}', exitCode);
  }
  const cost = planned && costOf?.(planned);
  if (cost !== undefined) return cost;
  const download = downloadOf(step);
  if (download !== undefined) {
    const { done, layers, current, total } = download;
    return step.state === 'running'
      ? joinDetails(
          layers === 1 ? undefined : t('{0} of {1} layers', done, layers),
          t('{0} of {1}', formatSize(current), formatSize(total)),
        )
      : formatSize(total);
  }
  if (planned !== undefined) {
    // A base image is read once for all stages, which needs no remark.
    const isRemarkable = sameAs !== undefined && planned.keyword !== 'FROM';
    return isRemarkable ? t('same step as line {0}', sameAs) : '';
  }
  if (internalTitle(step.name) === t('Transfer build context') && sent !== undefined) {
    return sentText(sent, step.state === 'running');
  }
  const transferred = [...step.parts.values()].filter(({ total }) => total === undefined);
  const bytes = transferred.reduce((all, { current }) => all + current, 0);
  return bytes === 0 ? '' : formatSize(bytes);
}

/** `12.4 of 18.1 MB · 214 files` while files are sent, `41 kB sent, 12.4 MB unchanged` after it. */
function sentText(
  { bytes, files, offered, requested = 0 }: NonNullable<BuildSteps['sent']>,
  isRunning: boolean,
): string {
  const size = formatSize(bytes);
  if (offered === undefined) return joinDetails(size, filesText(files));
  if (isRunning)
    return joinDetails(t('{0} of {1}', formatSize(Math.min(bytes, offered.bytes)), formatSize(offered.bytes)), filesText(offered.files)); // prettier-ignore
  const unchanged = Math.max(0, offered.bytes - requested);
  return unchanged === 0
    ? joinDetails(size, filesText(offered.files))
    : t('{0} sent, {1} unchanged', size, formatSize(unchanged));
}

function filesText(files: number): string {
  return files === 1 ? t('1 file') : t('{0} files', files);
}

/** BuildKit writes it into its message. */
function exitCodeOf(error: string | undefined): number | undefined {
  const found = /exit code: (\d+)/.exec(error ?? '');
  return found === null ? undefined : Number(found[1]);
}

function totalOf(
  entries: readonly Entry[],
  { ended, bytesOf, outsideOf }: GroupsOptions,
): Pick<Group, 'total' | 'ended'> {
  const steps = entries.flatMap(({ step }) => step ?? []);
  // Steps of other stages do not start this one.
  const hasStarted = entries.some(({ step, sameAs }) => step && sameAs === undefined);
  if (steps.length === 0 || (!hasStarted && steps.length < entries.length))
    return { total: ended ? t('not started') : '' };
  const time = steps
    .filter(({ state }) => state !== 'cached')
    .reduce((all, { duration = 0 }) => all + duration, 0);
  if (steps.some(({ state }) => state === 'running')) return { total: '', ended: time };
  const size = sumOf(entries, bytesOf);
  // A total without the steps whose size is not known would be too small.
  const instructions = entries.flatMap(({ planned }) =>
    planned?.keyword === 'FROM' ? [] : (planned ?? []),
  );
  const isKnown = instructions.every((one) => outsideOf?.(one) !== undefined);
  const outside = isKnown ? sumOf(entries, outsideOf) : undefined;
  const isCached = steps.every(({ state }) => state === 'cached');
  const total = isCached ? t('cached') : formatElapsed(time);
  const lost = outside === undefined ? undefined : t('{0}, not in the image', outside);
  return { total: joinDetails(total, size ?? lost) };
}

function sumOf(
  entries: readonly Entry[],
  sizeOf: ((step: PlannedStep) => number | undefined) | undefined,
): string | undefined {
  const sizes = entries.flatMap(({ planned }) => (planned && sizeOf?.(planned)) ?? []);
  return sizes.length === 0 ? undefined : formatSize(sizes.reduce((all, one) => all + one, 0));
}
