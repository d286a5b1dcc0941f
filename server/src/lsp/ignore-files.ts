/** Open ignore files: their problems, hovers, completions and fixes. What they match is computed while nothing waits for it. */
import type { TextDocumentContentChangeEvent, TextDocumentItem } from './protocol.ts';
import { ignoreDocument, type IgnoreDocument } from '../features/ignore/ignore-document.ts';
import type { IgnoreProblem } from '../features/ignore/problem.ts';
import type { Context } from '../features/outside.ts';
import { changedText } from './changed-text.ts';
import type { Client } from './client.ts';
import type { Checking } from './configuration.ts';
import type { Files } from './files.ts';
import type { Log } from './guard.ts';
import { contextComparison, type ContextComparison } from './ignore-comparison.ts';
import { ignoreService } from './ignore-service.ts';
import type { MaybePromise } from './maybe-promise.ts';
import { within } from './within.ts';

/** The problems in an ignore file; `id` changes whenever they may have changed. */
export interface IgnoreChecked {
  readonly id: string;
  readonly problems: readonly IgnoreProblem[];
}

export interface IgnoreFiles extends Pick<ContextComparison, 'compared' | 'root'> {
  readonly uris: Iterable<string>;
  document(uri: string): IgnoreDocument | undefined;
  open(item: TextDocumentItem): void;
  /** Does nothing for a document that is not open. */
  change(uri: string, changes: readonly TextDocumentContentChangeEvent[], version: number): void;
  close(uri: string): void;
  /** Undefined if it is not open. */
  check(uri: string): Promise<IgnoreChecked | undefined>;
  /** Files may have changed. */
  forget(): void;
}

export interface IgnoreDependencies {
  readonly files: Files;
  readonly context: Context | undefined;
  readonly client: Client;
  readonly checking: (uri: string) => MaybePromise<Checking>;
  /** A document was opened or changed. */
  readonly changed: (uri: string) => void;
  /** There are more problems than `check` answered. */
  readonly found: (uri: string) => void;
  readonly log: Log;
}

/** By its language, or by its name in editors that have no language for it. */
export function isIgnoreFile({ languageId, uri }: TextDocumentItem): boolean {
  if (languageId === 'dockerignore') return true;
  return languageId !== 'dockerfile' && /\.dockerignore$/i.test(uri);
}

/** In milliseconds. What takes longer is reported later. */
const patience = 400;

export function ignoreFiles(dependencies: IgnoreDependencies): IgnoreFiles {
  const { files, context, client, checking, changed, found, log } = dependencies;
  const open = new Map<string, IgnoreDocument>();
  const comparison = contextComparison({ files, context, isCurrent: (one) => open.get(one.uri) === one, log }); // prettier-ignore
  const update = (document: IgnoreDocument): void => {
    open.set(document.uri, document);
    changed(document.uri);
  };
  let count = 0;
  return {
    compared: (document) => comparison.compared(document),
    root: (uri) => comparison.root(uri),
    uris: { [Symbol.iterator]: () => open.keys() },
    document: (uri) => open.get(uri),
    open: ({ uri, text, version }) => update(ignoreDocument(uri, text, version)),
    change: (uri, changes, version) => {
      const before = open.get(uri);
      if (before === undefined) return;
      update(ignoreDocument(uri, changedText(before, changes, client.encoding), version));
    },
    close: (uri) => {
      open.delete(uri);
      comparison.close(uri);
    },
    forget: () => comparison.forget(),
    check: async (uri) => {
      const document = open.get(uri);
      if (document === undefined) return undefined;
      const id = String(++count);
      if (!(await checking(uri)).enabled) return { id, problems: [] };
      const { textProblems, matchProblems } = await ignoreService();
      const problems = textProblems(document);
      const comparing = comparison.compared(document);
      const compared = await within(patience, comparing);
      if (compared === 'late') {
        void comparing.then((late) => {
          if (late !== undefined && open.get(uri) === document) found(uri);
        });
        return { id, problems };
      }
      if (compared === undefined) return { id, problems };
      const known = new Set(problems.map(({ line }) => line));
      const more = [...matchProblems(document, compared)].filter(({ line }) => !known.has(line));
      return { id, problems: [...problems, ...more].sort((a, b) => a.line - b.line) };
    },
  };
}
