/** The head of the page of a build: facts, actions and figures. */
import { t } from '@vscode/l10n';
import { formatElapsed, formatSize, shortId } from '../../ui/format.ts';
import { baseName, relativePath } from '../../ui/paths.ts';
import type { PastBuild } from '../../ui/past-builds.ts';
import type { BuildRun } from './build-run.ts';
import type { Groups } from './groups.ts';
import type { Action, Fact, Figure, Head } from './page.ts';
import { sizeChange, timeChange } from './results.ts';
import { roundTimeText } from './texts.ts';

export interface HeadOptions {
  readonly workspaceFolder: string | undefined;
  /** `linux/amd64`, unless the build says others. */
  readonly platform: string | undefined;
  /** `BuildKit 0.17.3 on default`. */
  readonly builder: string | undefined;
  /** Of the image. */
  readonly bytes: number | undefined;
  readonly before: PastBuild | undefined;
  /** Line of the failure, from 1. */
  readonly failedLine: number | undefined;
  /** Whether the command for options is available. */
  readonly hasOptions: boolean;
}

/** The head for the current state. */
export function headOf(run: BuildRun, counts: Groups['counts'], options: HeadOptions): Head {
  const { state, start, steps } = run;
  const message = messageOf(run);
  return {
    state,
    stateLabel: stateLabel(run),
    title: start.title,
    facts: factsOf(run, counts, options),
    actions: actionsOf(run, options),
    ...(state === 'running' && {
      progress: {
        done: counts.ended,
        all: counts.all,
        label: t('{0} of {1} steps', counts.ended, counts.all),
      },
    }),
    figures: state === 'done' ? figuresOf(run, counts, options) : [],
    ...(message !== undefined && { message }),
    warnings: steps.warnings.map(({ text, line }) =>
      line === undefined ? text : t('{0} (line {1})', text, line),
    ),
  };
}

function stateLabel({ state }: BuildRun): string {
  switch (state) {
    case 'running':
      return t('Building');
    case 'done':
      return t('Built');
    case 'failed':
      return t('Failed');
    case 'canceled':
      return t('Cancelled');
  }
}

function factsOf(run: BuildRun, counts: Groups['counts'], options: HeadOptions): readonly Fact[] {
  const { request } = run.start;
  const platforms = request.platforms ?? (options.platform === undefined ? [] : [options.platform]);
  const file =
    request.context.kind === 'remote'
      ? request.context.address
      : relativePath(options.workspaceFolder, request.dockerfile);
  const { target } = request;
  const { imageId } = run.steps;
  const facts: readonly (Fact | undefined)[] = [
    { text: stateFact(run, options), style: 'strong' },
    run.state === 'running'
      ? { text: formatElapsed(run.milliseconds), clock: true }
      : run.state === 'done'
        ? undefined
        : { text: formatElapsed(run.milliseconds) },
    run.state === 'done' ? undefined : { text: stepsFact(counts) },
    platforms.length === 0 ? undefined : { text: platforms.join(', ') },
    { text: target === undefined ? file : t('{0}, stage {1}', file, target) },
    options.builder === undefined ? undefined : { text: options.builder },
    imageId === undefined ? undefined : { text: shortId(imageId), style: 'code' },
  ];
  return facts.filter((fact) => fact !== undefined);
}

function stateFact(run: BuildRun, { failedLine }: HeadOptions): string {
  if (run.state === 'done') return t('Built at {0}', formatClock(endOf(run)));
  if (run.state !== 'failed') return stateLabel(run);
  const exitCode = run.place?.exitCode ?? run.steps.failure?.exitCode;
  if (failedLine === undefined) return t('Failed');
  return exitCode === undefined
    ? t('Failed at line {0}', failedLine)
    : t('Failed at line {0}, exit code {1}', failedLine, exitCode);
}

function endOf({ startedAt, milliseconds }: BuildRun): Date {
  return new Date(startedAt.getTime() + milliseconds);
}

const clock = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' });

/** `14:32` in the user's locale. */
export function formatClock(date: Date): string {
  return clock.format(date);
}

function stepsFact({ ended, cached, all }: Groups['counts']): string {
  return cached === 0
    ? t('{0} of {1} steps', ended, all)
    : t('{0} of {1} steps, {2} cached', ended, all, cached);
}

function actionsOf(
  { state, start, steps }: BuildRun,
  { hasOptions }: HeadOptions,
): readonly Action[] {
  const again: Action = { name: 'again', label: t('Build Again') };
  const options: readonly Action[] = hasOptions ? [{ name: 'options', label: t('Options…') }] : [];
  if (state === 'running') return [{ name: 'cancel', label: t('Cancel') }];
  if (state !== 'done') return [{ ...again, primary: true }, ...options];
  if (steps.imageId === undefined) return [again, ...options];
  const isTagged = start.request.tags.length > 0;
  return [
    { name: 'run', label: t('Run…'), primary: true },
    { name: 'layers', label: t('Show Layers') },
    ...(isTagged ? [{ name: 'push', label: t('Push') } as const] : []),
    { name: 'more', label: t('More Actions…') },
  ];
}

function figuresOf(
  run: BuildRun,
  { ended, cached }: Groups['counts'],
  { bytes, before }: HeadOptions,
): readonly Figure[] {
  const { sent } = run.steps;
  const time = timeChange(run.milliseconds, before?.ms);
  const size = bytes === undefined ? undefined : sizeChange(bytes, before?.bytes);
  const trend = (isBetter: boolean, change: string | undefined) =>
    change === undefined ? {} : { trend: isBetter ? ('better' as const) : ('worse' as const) };
  return [
    {
      label: t('Time'),
      value: formatElapsed(run.milliseconds),
      detail: time ?? '',
      ...trend(run.milliseconds < (before?.ms ?? 0), time),
    },
    ...(bytes === undefined
      ? []
      : [
          {
            label: t('Image size'),
            value: formatSize(bytes),
            detail: size ?? (before === undefined ? '' : t('unchanged')),
            ...trend(bytes < (before?.bytes ?? 0), size),
          },
        ]),
    {
      label: t('Steps'),
      value: String(ended),
      detail: t('{0} cached, {1} run', cached, ended - cached),
    },
    ...(sent === undefined
      ? []
      : [
          {
            label: t('Sent to engine'),
            value: formatSize(sent.bytes),
            detail:
              sent.offered !== undefined
                ? t('of {0} that instructions read', formatSize(sent.offered.bytes))
                : sent.files === 1
                  ? t('1 file')
                  : t('{0} files', sent.files),
          },
        ]),
  ];
}

function messageOf(run: BuildRun): string | undefined {
  if (run.state === 'canceled') return t('Cancelled. No image was created.');
  // A step that failed says it itself.
  if (run.state !== 'failed' || run.failedStep !== undefined) return undefined;
  return run.place?.message ?? run.errorMessage;
}

/** `Built shop-api:dev in 41 s (312 MB, 18 MB smaller).` */
export function successMessage(
  run: BuildRun,
  bytes: number | undefined,
  before: PastBuild | undefined,
): string {
  const time = roundTimeText(run.milliseconds);
  if (bytes === undefined) return t('Built {0} in {1}.', run.start.title, time);
  const change = sizeChange(bytes, before?.bytes);
  return change === undefined
    ? t('Built {0} in {1} ({2}).', run.start.title, time, formatSize(bytes))
    : t('Built {0} in {1} ({2}, {3}).', run.start.title, time, formatSize(bytes), change);
}

/** `Could not build shop-api:dev: line 14: …` */
export function failureMessage(run: BuildRun, line: number | undefined): string {
  const { title } = run.start;
  const reason = run.place?.message ?? run.errorMessage;
  if (line !== undefined) return t('Could not build {0}: line {1}: {2}', title, line, reason);
  const step = run.failedStep;
  return step === undefined
    ? t('Could not build {0}: {1}', title, reason)
    : t('Could not build {0}: step "{1}" failed: {2}', title, step.name, reason);
}

/** The name of the tab. */
export function tabTitle(run: BuildRun): string {
  return t('Build {0}', run.start.title || baseName(run.start.request.dockerfile));
}
