/** Runs the rules on a document in slices of time, between which messages are handled. */
import { LintRun, type LintInput } from '../lint/lint.ts';
import type { LintRecord } from '../lint/reuse.ts';
import type { Finding, LintConfig, Registered } from '../lint/rule.ts';
import type { Surroundings } from '../lint/surroundings.ts';
import type { Document } from '../model/document.ts';
import { ObjectCache } from '../text/object-cache.ts';
import type { Log } from './guard.ts';

/** The document as it is now; undefined if it was closed. */
export type DocumentNow = () => Document | undefined;

/** What the rules read besides the document. */
export interface RuleInputs {
  readonly config: LintConfig;
  readonly surroundings: Surroundings | undefined;
}

interface Running extends RuleInputs {
  readonly findings: Promise<readonly Finding[] | undefined>;
}

/** Finds at once, or in a promise; undefined if the document has changed before all is found. */
export type FindInSlices = (
  document: Document,
  inputs: RuleInputs,
  documentNow: DocumentNow,
) => readonly Finding[] | Promise<readonly Finding[] | undefined>;

/**
 * Finds at once if that is done within one slice of time, otherwise in slices; undefined if the document has changed before
 * all is found. Requests that need the findings of the same document share the work.
 */
export function findingsInSlices({
  rules,
  log,
  records,
}: {
  readonly rules: readonly Registered[];
  readonly log: Log;
  /** What earlier checks of open documents found, by URI. */
  readonly records: Map<string, LintRecord>;
}): FindInSlices {
  const running = new ObjectCache<Document, Running>();
  return (document, { config, surroundings }, documentNow) => {
    const known = running.get(document);
    if (known?.config === config && known.surroundings === surroundings) return known.findings;
    const { uri } = document;
    const before: LintInput['before'] = records.get(uri) ?? 'none';
    const input = surroundings === undefined ? { log, before } : { log, before, surroundings };
    const run = new LintRun(document.model, rules, config, input);
    const isNeeded = (): boolean => documentNow() === document;
    const finished = (): readonly Finding[] => {
      if (run.record && isNeeded()) records.set(uri, run.record);
      return run.findings();
    };
    const isShort = document.text.length <= shortText;
    if (isFinished(run, isShort)) return finished();
    const findings = inSlices(run, { isNeeded, isShort }, finished);
    running.set(document, { config, surroundings, findings });
    return findings;
  };
}

/** In characters. Rules take some microseconds for such a text, so the time is read after several of them. */
const shortText = 20_000;

/** In milliseconds. Messages that arrive wait no longer than this and the longest step. */
const slice = 20;

/** Runs rules for a slice of time; false if some are left. */
function isFinished(run: LintRun, isShort: boolean): boolean {
  // Much cheaper than the exact time.
  const end = Date.now() + slice;
  for (let count = 0; ; count++) {
    if (!run.step()) return true;
    if ((!isShort || count % 8 === 0) && Date.now() >= end) return false;
  }
}

/** The findings of the other rules, while messages are handled in between; undefined if not needed any more. */
async function inSlices(
  run: LintRun,
  { isNeeded, isShort }: { readonly isNeeded: () => boolean; readonly isShort: boolean },
  finished: () => readonly Finding[],
): Promise<readonly Finding[] | undefined> {
  do {
    await new Promise((resolve) => setTimeout(resolve));
    if (!isNeeded()) return undefined;
  } while (!isFinished(run, isShort));
  return finished();
}
