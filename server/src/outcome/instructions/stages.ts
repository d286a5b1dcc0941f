/** Failures that are about the stages of a file as a whole. */
import type { Document } from '../../model/document.ts';
import type { Reference } from '../../model/model.ts';
import { closestMatch } from '../../text/closest-match.ts';
import { t } from '../../text/translation.ts';
import type { Cause, FailedBuild, RelatedPlace } from '../cause.ts';
import { globalLookup, expandedText } from '../stage-bases.ts';
import { fromCause } from './from.ts';

/** The place of a failure that the message alone determines; undefined if it is about one step. */
export function stageCause(document: Document, build: FailedBuild): Cause | undefined {
  const { message } = build.failure;
  const target =
    /target stage "?([^"]+?)"? could not be found|failed to reach build target (\S+) in Dockerfile/.exec(
      message,
    );
  if (target) return targetCause(document, target[1] ?? target[2] ?? '');
  const index = /invalid stage index (\d+)|invalid from flag value (\d+)/.exec(message);
  if (index) return indexCause(document, index[1] ?? index[2] ?? '');
  const later = /cannot copy from stage "([^"]+)"/.exec(message)?.[1];
  if (later !== undefined) return forwardCause(document, build, later);
  if (/circular dependency detected|circular dependency/.test(message))
    return cycleCause(document, build);
  return nameCause(document, build);
}

/** The name of the stage that was probably meant; a file without a similar one has no place for this. */
function targetCause({ model, lines, uri }: Document, name: string): Cause | undefined {
  const named = model.stages.flatMap(({ from }) => from.name ?? []);
  const similar = closestMatch(
    name,
    named.map(({ text }) => text),
  );
  const word = named.find(({ text }) => text === similar);
  if (word === undefined) return undefined;
  const related = named
    .filter((one) => one !== word)
    .map((one): RelatedPlace => ({
      path: uri,
      line: lines.positionAt(one.span.start).line,
      message: t('Stage `{0}`', one.text),
    }));
  return {
    kind: 'target',
    span: word.span,
    message: t('No stage is named `{0}`; did you mean `{1}`?', name, word.text),
    related,
  };
}

function indexCause({ model }: Document, index: string): Cause | undefined {
  const found = references(model.references(), index);
  const [first] = found;
  return (
    first && {
      kind: 'stage',
      span: first.span,
      message: t('This file has no stage with number {0} before this one', index),
    }
  );
}

function references(all: readonly Reference[], name: string): readonly Reference[] {
  return all.filter((one) => one.name.toLowerCase() === name.toLowerCase());
}

/** A stage that comes later in the file. */
function forwardCause(document: Document, build: FailedBuild, name: string): Cause | undefined {
  const { model, uri, lines } = document;
  const current = /before current stage "([^"]+)"/.exec(build.failure.message)?.[1];
  const all = references(model.references(), name);
  const own = all.filter(
    ({ instruction }) =>
      current === undefined || stageNames(document, instruction).includes(current.toLowerCase()),
  );
  const place = own[0] ?? all[0];
  if (place === undefined) return undefined;
  const stage = model.stageNamed(name);
  const related = stage && [
    {
      path: uri,
      line: lines.positionAt(stage.from.span.start).line,
      message: t('Stage `{0}`', name),
    },
  ];
  return {
    kind: 'stage',
    span: place.span,
    message: t('Stage `{0}` is defined after this stage', name),
    ...(related && { related }),
  };
}

function stageNames({ model }: Document, instruction: Reference['instruction']): readonly string[] {
  const stage = model.stageOf(instruction);
  return stage === undefined
    ? []
    : [stage.name?.toLowerCase() ?? '', `stage-${String(stage.index)}`, String(stage.index)];
}

/** The reference that closes the circle: to the stage itself, or to a later one. */
function cycleCause(document: Document, build: FailedBuild): Cause | undefined {
  const { model } = document;
  const forward = model.references().filter(({ name, instruction }) => {
    const used = model.stageNamed(name);
    const own = model.stageOf(instruction);
    return used !== undefined && own !== undefined && used.index >= own.index;
  });
  const name = /stage: (\S+)/.exec(build.failure.message)?.[1]?.toLowerCase();
  const ofStage = forward.filter(
    ({ instruction }) => name !== undefined && stageNames(document, instruction).includes(name),
  );
  const place = ofStage[0] ?? forward[0];
  return (
    place && {
      kind: 'cycle',
      span: place.span,
      message: t('Stage `{0}` depends on itself', name ?? place.name),
    }
  );
}

/** FROM with a name that is not valid; old builders do not name the line. */
function nameCause(document: Document, build: FailedBuild): Cause | undefined {
  const { message } = build.failure;
  const blank = /base name \((.*)\) should not be blank/.exec(message)?.[1];
  const invalid = /failed to parse stage name "([^"]*)"/.exec(message)?.[1];
  const platform = /failed to parse platform ([^\s:]+)/.exec(message)?.[1];
  if (blank === undefined && invalid === undefined && platform === undefined) return undefined;
  const lookup = globalLookup(document.model, build.buildArgs ?? {});
  const stage = document.model.stages.find(({ from }) => {
    const { image, flags } = from;
    if (platform !== undefined)
      return flags.some(
        ({ name, value }) =>
          name.text === 'platform' &&
          value &&
          expandedText(document.model, value, lookup) === platform,
      );
    if (image === undefined) return false;
    return (
      image.raw === blank ||
      image.text === blank ||
      (invalid !== undefined && expandedText(document.model, image, lookup) === invalid)
    );
  });
  if (stage === undefined) return undefined;
  const failed = { document, instruction: stage.from, build, lines: [], exitCode: undefined };
  return fromCause(failed, stage.from);
}
