/** Lints documents. Settings, project files and ignore files are read once; findings are computed once per text. */
import type { Document } from '../model/document.ts';
import { lint, LintRun, type LintInput } from '../lint/lint.ts';
import type { LintRecord } from '../lint/reuse.ts';
import type { Finding, LintConfig, Registered } from '../lint/rule.ts';
import type { Surroundings } from '../lint/surroundings.ts';
import { mergeFindings } from '../shellcheck/findings.ts';
import { ObjectCache } from '../text/object-cache.ts';
import type { Configuration } from './configuration.ts';
import type { ContextRoots } from './context-roots.ts';
import type { Files } from './files.ts';
import type { Log } from './guard.ts';
import { LimitedMap } from './limited-map.ts';
import { whenKnown, type MaybePromise } from './maybe-promise.ts';
import type { ShellChecks } from './shell-checks.ts';
import { documentSurroundings, type DocumentSurroundings } from './surroundings.ts';
import { within } from './within.ts';

/** The findings in a document; `id` changes whenever the text, the settings or the files change. */
export interface Checked {
  readonly id: string;
  readonly findings: readonly Finding[];
}

export interface Checks {
  /** `documentNow` is called when everything has been read, since the document may have changed meanwhile. */
  check(uri: string, documentNow: () => Document | undefined): Promise<Checked | undefined>;
  /** The lint function for documents with this URI, with their settings and files. */
  readonly linter: (uri: string) => Promise<(document: Document) => readonly Finding[]>;
  /** Discards everything that was read; `settings` are given if the client sends them. */
  forget(settings?: unknown): void;
  /** Discards what is kept of an open document. */
  close(uri: string): void;
}

interface Inputs {
  readonly enabled: boolean;
  readonly config: LintConfig;
  readonly surroundings: Surroundings | undefined;
  /** The value of `drydock.shellcheck.path`. */
  readonly shellcheck: string;
}

interface Remembered extends Checked, Inputs {
  readonly own: readonly Finding[];
  readonly theirs: readonly Finding[];
}

export interface Dependencies {
  readonly settings: Configuration;
  readonly files: Files;
  readonly rules: readonly Registered[];
  readonly log: Log;
  readonly shells: ShellChecks;
  /** Undefined if directories cannot be listed. */
  readonly roots: ContextRoots | undefined;
  /** Called when more is known than was checked. */
  readonly found: (uri: string) => void;
}

const none: readonly Finding[] = [];

/** The number of documents whose inputs are remembered. */
const mostInputs = 1000;

/** The number of open documents of which is kept what their rules found. */
const mostRecords = 100;

/** In milliseconds. A check does not wait longer for directories to be listed. */
const patience = 300;

interface Running extends Pick<Inputs, 'config' | 'surroundings'> {
  readonly findings: Promise<readonly Finding[] | undefined>;
}

export function checks({
  settings,
  files,
  rules,
  log,
  shells,
  roots,
  found,
}: Dependencies): Checks {
  const surroundings = documentSurroundings(files);
  const remembered = new ObjectCache<Document, Remembered>();
  let count = 0;
  const inputs = knownInputs(settings, surroundings);
  const records = new LimitedMap<string, LintRecord>(mostRecords);
  const findInSlices = findingsInSlices({ rules, log, records });
  const check: Checks['check'] = async (uri, documentNow) => {
    const reading = inputs.of(uri);
    // While the client is asked for settings, compute the part of the model that does not need them.
    documentNow()?.model.commandNames();
    const read = reading instanceof Promise ? await reading : reading;
    const document = documentNow();
    if (!document) return undefined;
    const around = withRoots(document, read, { roots, found });
    const now = around instanceof Promise ? await around : around;
    // The document has changed while directories were listed.
    if (documentNow() !== document) return check(uri, documentNow);
    const before = remembered.get(document);
    const isSame =
      before !== undefined &&
      before.enabled === now.enabled &&
      before.surroundings === now.surroundings &&
      before.config === now.config;
    const { enabled, config, shellcheck } = now;
    const theirs = enabled ? shells.of(document, { program: shellcheck, config }) : none;
    if (isSame && before.theirs === theirs) return before;
    const own = isSame
      ? before.own
      : enabled
        ? await findInSlices(document, now, documentNow)
        : none;
    // The document has changed meanwhile, and what was found is not needed any more.
    if (own === undefined) return check(uri, documentNow);
    const checked = { id: String(++count), findings: mergeFindings(own, theirs), own, theirs, ...now }; // prettier-ignore
    remembered.set(document, checked);
    return checked;
  };
  return {
    check,
    linter: async (uri) => {
      const { config, surroundings: beside } = await inputs.of(uri);
      const input = { log, ...(beside && { surroundings: beside }) };
      return ({ model }) => lint(model, rules, config, input);
    },
    forget: (sent) => {
      inputs.forget();
      settings.forget(sent);
      surroundings.forget();
      roots?.forget();
      shells.forget();
    },
    close: (uri) => void records.delete(uri),
  };
}

interface KnownInputs {
  /** At once if they have been read: each promise takes time after every keystroke. */
  of(uri: string): MaybePromise<Inputs>;
  forget(): void;
}

function knownInputs(settings: Configuration, surroundings: DocumentSurroundings): KnownInputs {
  const known = new LimitedMap<string, Inputs>(mostInputs);
  let reads = 0;
  return {
    of: (uri) => {
      const before = known.get(uri);
      if (before !== undefined) return before;
      const current = reads;
      return whenKnown(readInputs(uri, settings, surroundings), (read) => {
        // What was read before a change is not kept.
        if (current === reads) known.set(uri, read);
        return read;
      });
    },
    forget: () => {
      reads++;
      known.clear();
    },
  };
}

function readInputs(
  uri: string,
  settings: Configuration,
  surroundings: DocumentSurroundings,
): MaybePromise<Inputs> {
  // Both are read at the same time.
  const reading = surroundings.of(uri);
  return whenKnown(settings.of(uri), ({ enabled, config, shellcheck }) =>
    whenKnown(reading, (beside) => ({ enabled, config, surroundings: beside, shellcheck })),
  );
}

/** The inputs with the files of the build context, unless listing them takes long. */
function withRoots(
  document: Document,
  inputs: Inputs,
  { roots, found }: Pick<Dependencies, 'roots' | 'found'>,
): MaybePromise<Inputs> {
  const { surroundings: beside, enabled } = inputs;
  if (roots === undefined || beside === undefined || !enabled) return inputs;
  const listing = roots.around(document, beside);
  if (listing instanceof Promise) return whenListed(document, { inputs, listing, found });
  return { ...inputs, surroundings: listing };
}

interface Listing {
  readonly inputs: Inputs;
  readonly listing: Promise<Surroundings>;
  readonly found: Dependencies['found'];
}

async function whenListed(
  document: Document,
  { inputs, listing, found }: Listing,
): Promise<Inputs> {
  const around = await within(patience, listing);
  if (around !== 'late') return { ...inputs, surroundings: around };
  void listing.then(() => found(document.uri));
  return inputs;
}

type FindInSlices = (
  document: Document,
  inputs: Inputs,
  documentNow: () => Document | undefined,
) => Promise<readonly Finding[] | undefined>;

/**
 * Finds in slices of time; undefined if the document has changed before all is found. Requests that need the findings of
 * the same document share the work.
 */
function findingsInSlices({
  rules,
  log,
  records,
}: Pick<Dependencies, 'rules' | 'log'> & {
  readonly records: Map<string, LintRecord>;
}): FindInSlices {
  const running = new ObjectCache<Document, Running>();
  return (document, { config, surroundings }, documentNow) => {
    const known = running.get(document);
    if (known?.config === config && known.surroundings === surroundings) return known.findings;
    const { uri } = document;
    const before: LintInput['before'] = records.get(uri) ?? 'none';
    const input = { log, before, ...(surroundings && { surroundings }) };
    const run = new LintRun(document.model, rules, config, input);
    const isNeeded = (): boolean => documentNow() === document;
    const isShort = document.text.length <= shortText;
    const findings = inSlices(run, { isNeeded, isShort }, () => {
      if (run.record && isNeeded()) records.set(uri, run.record);
    });
    running.set(document, { config, surroundings, findings });
    return findings;
  };
}

/** In characters. Rules take some microseconds for such a text, so the time is read after several of them. */
const shortText = 20_000;

/** In milliseconds. Messages that arrive wait no longer than this and the longest step. */
const slice = 20;

/** The findings of rules that run one after the other while messages are handled in between; undefined if not needed any more. */
async function inSlices(
  run: LintRun,
  { isNeeded, isShort }: { readonly isNeeded: () => boolean; readonly isShort: boolean },
  finished: () => void,
): Promise<readonly Finding[] | undefined> {
  for (;;) {
    // Much cheaper than the exact time.
    const end = Date.now() + slice;
    for (let count = 0; ; count++) {
      if (!run.step()) {
        finished();
        return run.findings();
      }
      if ((!isShort || count % 8 === 0) && Date.now() >= end) break;
    }
    await new Promise((resolve) => setTimeout(resolve));
    if (!isNeeded()) return undefined;
  }
}
