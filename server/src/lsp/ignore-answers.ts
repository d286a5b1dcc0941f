/** Answers to requests of the protocol about open ignore files. */
import {
  DiagnosticTag,
  MarkupKind,
  type CodeAction,
  type CompletionItem,
  type CompletionList,
  type Diagnostic,
  type Hover,
  type Position,
  type Range,
} from './protocol.ts';
import { lineAt, type IgnoreDocument } from '../features/ignore/ignore-document.ts';
import type { IgnoreProblem } from '../features/ignore/problem.ts';
import { plain } from '../features/completion/item.ts';
import { contains } from '../text/span.ts';
import { t } from '../text/translation.ts';
import type { Client } from './client.ts';
import { toCompletions } from './completion-items.ts';
import { severities, toOffset, toRange, toSpan, toWorkspaceEdit } from './convert.ts';
import { isDisk, type Files } from './files.ts';
import type { IgnoreFiles } from './ignore-files.ts';
import { ignoreService } from './ignore-service.ts';
import { within } from './within.ts';

export function ignoreDiagnostics(
  document: IgnoreDocument,
  problems: readonly IgnoreProblem[],
  client: Client,
): Diagnostic[] {
  return problems.map((problem) => ignoreDiagnostic(document, problem, client));
}

function ignoreDiagnostic(
  document: IgnoreDocument,
  { code, span, message, severity, isUnnecessary, related }: IgnoreProblem,
  { encoding }: Client,
): Diagnostic {
  return {
    range: toRange(document, span, encoding),
    message,
    severity: severities[severity],
    source: 'drydock',
    code,
    ...(isUnnecessary === true && { tags: [DiagnosticTag.Unnecessary] }),
    ...(related && {
      relatedInformation: [
        {
          location: { uri: document.uri, range: toRange(document, related.span, encoding) },
          message: related.message,
        },
      ],
    }),
  };
}

/** In milliseconds. A hover that takes longer says that files are being counted. */
const patience = 2500;

/** What the pattern of a line matches. */
export async function ignoreHover(
  ignoreFiles: IgnoreFiles,
  document: IgnoreDocument,
  position: Position,
  { encoding }: Client,
): Promise<Hover | null> {
  const offset = toOffset(document, position, encoding);
  const number = lineAt(document, offset)?.number;
  const line = document.patterns.find((one) => one.number === number);
  if (line === undefined || !contains(line.content, offset)) return null;
  const compared = await within(patience, ignoreFiles.compared(document));
  if (compared === undefined) return null;
  const { matchText } = await ignoreService();
  const value =
    compared === 'late'
      ? t('Files of the build context are being counted.')
      : matchText(document, line, compared);
  if (value === '') return null;
  return {
    contents: { kind: MarkupKind.Markdown, value },
    range: toRange(document, line.content, encoding),
  };
}

/** Paths of the build context. */
export async function ignoreCompletions(
  ignoreFiles: IgnoreFiles,
  document: IgnoreDocument,
  position: Position,
  { client, files }: { readonly client: Client; readonly files: Files },
): Promise<CompletionItem[] | CompletionList> {
  const offset = toOffset(document, position, client.encoding);
  const { pathPlace } = await ignoreService();
  const place = pathPlace(document, offset);
  const root = place && (await ignoreFiles.root(document.uri));
  if (place === undefined || root === undefined || !isDisk(files)) return [];
  const { folder, span } = place;
  const inside = folder.split('/').map(encodeURIComponent).join('/');
  const entries = await files.list(folder === '' ? root : `${root}/${inside}`);
  const items = entries
    .toSorted((a, b) => Number(b.folder) - Number(a.folder) || byName.compare(a.name, b.name))
    .slice(0, mostItems)
    .map(({ name, folder: isFolder }) =>
      plain(
        isFolder ? `${name}/` : name,
        { start: span.start, end: offset },
        {
          kind: isFolder ? 'folder' : 'path',
          wordEnd: span.end,
          // Characters with a meaning in patterns are written with a backslash.
          insert: name.replace(/[*?[\]\\]/g, '\\$&'),
        },
      ),
    );
  return toCompletions(document, items, client);
}

const byName = new Intl.Collator('en', { numeric: true });
const mostItems = 2000;

/** Fixes of the problems that touch a range. */
export function ignoreActions(
  document: IgnoreDocument,
  problems: readonly IgnoreProblem[],
  range: Range,
  client: Client,
): CodeAction[] {
  const { start, end } = toSpan(document, range, client.encoding);
  return problems
    .filter(({ span }) => span.start <= end && start <= span.end)
    .flatMap((problem) =>
      problem.fixes.map(({ title, edits }, i): CodeAction => ({
        title,
        kind: 'quickfix',
        edit: toWorkspaceEdit(document, edits, client),
        diagnostics: [ignoreDiagnostic(document, problem, client)],
        ...(i === 0 && { isPreferred: true }),
      })),
    );
}
