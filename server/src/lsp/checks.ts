/**
 * Lints documents. Settings, project files and ignore files are read once; findings are computed once per text, and are known at
 * once if nothing has to be waited for.
 */
import type { Document } from '../model/document.ts';
import { lint } from '../lint/lint.ts';
import type { LintRecord } from '../lint/reuse.ts';
import type { Finding, Registered } from '../lint/rule.ts';
import type { Surroundings } from '../lint/surroundings.ts';
import { mergeFindings } from '../shellcheck/findings.ts';
import { ObjectCache } from '../text/object-cache.ts';
import type { Checking, Configuration } from './configuration.ts';
import type { ContextRoots } from './context-roots.ts';
import type { Files } from './files.ts';
import type { Log } from './guard.ts';
import { LimitedMap } from './limited-map.ts';
import { RememberedValues, type MaybePromise } from './maybe-promise.ts';
import type { ShellChecks } from './shell-checks.ts';
import { documentSurroundings } from './surroundings.ts';
import {
  findingsInSlices,
  type DocumentNow,
  type FindInSlices,
  type RuleInputs,
} from './sliced-findings.ts';
import { within } from './within.ts';

/** The findings in a document; `id` changes whenever the text, the settings or the files change. */
export interface Checked {
  readonly id: string;
  readonly findings: readonly Finding[];
}

export interface Checks {
  /** `documentNow` is called when everything has been read, since the document may have changed meanwhile. */
  check(uri: string, documentNow: DocumentNow): MaybeChecked;
  /** The lint function for documents with this URI, with their settings and files. */
  readonly linter: (uri: string) => Promise<(document: Document) => readonly Finding[]>;
  /** Discards everything that was read; `settings` are given if the client sends them. */
  forget(settings?: unknown): void;
  /** Discards what is kept of an open document. */
  close(uri: string): void;
}

interface Inputs extends RuleInputs {
  readonly enabled: boolean;
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

type MaybeChecked = MaybePromise<Checked | undefined>;

const none: readonly Finding[] = [];

/** The number of documents whose inputs are remembered. */
const mostInputs = 1000;

/** The number of open documents of which is kept what their rules found. */
const mostRecords = 100;

/** In milliseconds. A check does not wait longer for directories to be listed. */
const patience = 300;

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
  const inputs = new RememberedValues<Inputs>(mostInputs);
  const read = (uri: string): MaybePromise<Inputs> => {
    // Both are read at the same time.
    const beside = surroundings.of(uri);
    const own = settings.of(uri);
    return beside instanceof Promise || own instanceof Promise
      ? Promise.all([own, beside]).then(([checking, around]) => inputsFrom(checking, around))
      : inputsFrom(own, beside);
  };
  const records = new LimitedMap<string, LintRecord>(mostRecords);
  const find = findingsInSlices({ rules, log, records });
  const check: Checks['check'] = (uri, documentNow) => {
    const reading = inputs.of(uri, read);
    // While the client is asked for settings, compute the part of the model that does not need them.
    documentNow()?.model.commands();
    return reading instanceof Promise
      ? reading.then((known) => withInputs(uri, known, documentNow))
      : withInputs(uri, reading, documentNow);
  };
  const withFiles = checkWithFiles({ shells, find, again: check });
  const withInputs = (uri: string, known: Inputs, documentNow: DocumentNow): MaybeChecked => {
    const document = documentNow();
    if (!document) return undefined;
    const around = withRoots(document, known, { roots, found });
    if (!(around instanceof Promise)) return withFiles(document, around, documentNow);
    return around.then((now) =>
      // The document may have changed while directories were listed.
      documentNow() === document ? withFiles(document, now, documentNow) : check(uri, documentNow),
    );
  };
  return {
    check,
    linter: async (uri) => {
      const { config, surroundings: beside } = await inputs.of(uri, read);
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

type CheckWithFiles = (document: Document, now: Inputs, documentNow: DocumentNow) => MaybeChecked;

interface Finders extends Pick<Dependencies, 'shells'> {
  readonly find: FindInSlices;
  /** Starts again, because the document has changed meanwhile. */
  readonly again: Checks['check'];
}

/** Checks a document when all that its rules read is known. */
function checkWithFiles({ shells, find, again }: Finders): CheckWithFiles {
  const remembered = new ObjectCache<Document, Remembered>();
  let count = 0;
  return (document, now, documentNow) => {
    const before = remembered.get(document);
    const { enabled, config, surroundings, shellcheck } = now;
    const isSame =
      before !== undefined &&
      before.enabled === enabled &&
      before.surroundings === surroundings &&
      before.config === config;
    const theirs = enabled ? shells.of(document, { program: shellcheck, config }) : none;
    if (isSame && before.theirs === theirs) return before;
    const keep = (own: readonly Finding[]): Checked => {
      const findings = theirs.length === 0 ? own : mergeFindings(own, theirs);
      const id = String(++count);
      const checked = { id, findings, own, theirs, enabled, config, surroundings, shellcheck };
      remembered.set(document, checked);
      return checked;
    };
    if (isSame) return keep(before.own);
    if (!enabled) return keep(none);
    const finding = find(document, now, documentNow);
    return finding instanceof Promise
      ? finding.then((own) => (own ? keep(own) : again(document.uri, documentNow)))
      : keep(finding);
  };
}

function inputsFrom(
  { enabled, config, shellcheck }: Pick<Checking, 'enabled' | 'config' | 'shellcheck'>,
  surroundings: Surroundings | undefined,
): Inputs {
  return { enabled, config, surroundings, shellcheck };
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
  return listing === beside ? inputs : inputsFrom(inputs, listing);
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
  if (around !== 'late') return inputsFrom(inputs, around);
  void listing.then(() => found(document.uri));
  return inputs;
}
