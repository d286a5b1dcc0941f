/** All that an editor can ask the server at a place, by what the server promises, so that nothing new is left out. */
import type { ServerCapabilities } from 'vscode-languageserver/node';
import { stageGraph } from '../../contract/protocol.ts';
import type { Position } from '../../server/src/text/lines.ts';

export interface Place {
  readonly uri: string;
  readonly position: Position;
}

export type Asked = readonly [method: string, params: object];

/** What an answer lets an editor ask next. */
type Next = (answer: unknown, place: Place) => readonly Asked[];

interface Request {
  readonly method: string;
  /** More than one where an editor asks in several ways. */
  readonly params: (place: Place) => readonly object[];
  readonly next?: Next;
}

const options = { tabSize: 4, insertSpaces: true };

const textDocument = ({ uri }: Place): object => ({ textDocument: { uri } });
const whole = (place: Place): readonly object[] => [textDocument(place)];
const at = (place: Place): readonly object[] => [
  { ...textDocument(place), position: place.position },
];
const range = ({ position }: Place): object => ({
  range: { start: { line: Math.max(0, position.line - 3), character: 0 }, end: position },
});
const around = (place: Place): readonly object[] => [{ ...textDocument(place), ...range(place) }];
const and =
  (params: (place: Place) => readonly object[], more: object) =>
  (place: Place): readonly object[] =>
    params(place).map((one) => ({ ...one, ...more }));

/** The first items of a list, or of what holds one. */
function first(answer: unknown, count: number): readonly object[] {
  const list = Array.isArray(answer) ? answer : (answer as { items?: unknown } | null)?.items;
  return Array.isArray(list) ? (list as object[]).slice(0, count) : [];
}

const actions: Request = {
  method: 'textDocument/codeAction',
  params: (place) => {
    const context = { diagnostics: [] };
    const here = { range: { start: place.position, end: place.position } };
    return [
      { ...textDocument(place), ...range(place), context },
      { ...textDocument(place), ...here, context },
      { ...textDocument(place), ...range(place), context: { ...context, only: ['source'] } },
    ];
  },
};

const completion: Request = {
  method: 'textDocument/completion',
  params: (place) => [
    ...at(place),
    ...and(at, { context: { triggerKind: 2, triggerCharacter: ' ' } })(place),
  ],
  next: (answer) => first(answer, 3).map((item): Asked => ['completionItem/resolve', item]),
};

const rename: Request = {
  method: 'textDocument/prepareRename',
  params: at,
  next: (answer, place) =>
    answer === null
      ? []
      : ['renamed', 'Not a name'].map((newName): Asked => [
          'textDocument/rename',
          { ...textDocument(place), position: place.position, newName },
        ]),
};

const calls: Request = {
  method: 'textDocument/prepareCallHierarchy',
  params: at,
  next: (answer) =>
    first(answer, 2).flatMap((item): readonly Asked[] => [
      ['callHierarchy/incomingCalls', { item }],
      ['callHierarchy/outgoingCalls', { item }],
    ]),
};

/** By the capability that promises them. */
const byCapability: Readonly<Partial<Record<keyof ServerCapabilities, readonly Request[]>>> = {
  callHierarchyProvider: [calls],
  codeActionProvider: [actions],
  completionProvider: [completion],
  definitionProvider: [{ method: 'textDocument/definition', params: at }],
  diagnosticProvider: [{ method: 'textDocument/diagnostic', params: whole }],
  documentFormattingProvider: [
    { method: 'textDocument/formatting', params: and(whole, { options }) },
  ],
  documentHighlightProvider: [{ method: 'textDocument/documentHighlight', params: at }],
  documentLinkProvider: [{ method: 'textDocument/documentLink', params: whole }],
  documentOnTypeFormattingProvider: [
    { method: 'textDocument/onTypeFormatting', params: and(at, { ch: '\n', options }) },
  ],
  documentRangeFormattingProvider: [
    { method: 'textDocument/rangeFormatting', params: and(around, { options }) },
  ],
  documentSymbolProvider: [{ method: 'textDocument/documentSymbol', params: whole }],
  foldingRangeProvider: [{ method: 'textDocument/foldingRange', params: whole }],
  hoverProvider: [{ method: 'textDocument/hover', params: at }],
  inlayHintProvider: [{ method: 'textDocument/inlayHint', params: around }],
  referencesProvider: [
    {
      method: 'textDocument/references',
      params: and(at, { context: { includeDeclaration: true } }),
    },
  ],
  renameProvider: [rename],
  selectionRangeProvider: [
    {
      method: 'textDocument/selectionRange',
      params: (place) => [{ ...textDocument(place), positions: [place.position] }],
    },
  ],
  semanticTokensProvider: [
    { method: 'textDocument/semanticTokens/full', params: whole },
    { method: 'textDocument/semanticTokens/range', params: around },
  ],
  signatureHelpProvider: [{ method: 'textDocument/signatureHelp', params: at }],
};

/** What is promised and nothing to ask for. */
const silent: readonly string[] = ['positionEncoding', 'textDocumentSync', 'workspace'];

/** Registered later, or our own. */
const others: readonly Request[] = [
  { method: 'textDocument/codeLens', params: whole },
  { method: stageGraph, params: ({ uri }) => [{ uri }] },
];

/** Promises of which nobody here knows what to ask: the test that finds one wants a row for it above. */
export function unknownPromises(
  capabilities: ServerCapabilities,
  registered: readonly string[],
): readonly string[] {
  const known = new Set<string>([...Object.keys(byCapability), ...silent]);
  const methods = new Set(others.map(({ method }) => method));
  return [
    ...Object.keys(capabilities).filter((key) => !known.has(key)),
    ...registered.filter(
      (method) => !methods.has(method) && !method.startsWith('workspace/didChange'),
    ),
  ];
}

/** What can be asked at a place, with what may be asked when an answer is there. */
export function requests(
  capabilities: ServerCapabilities,
  place: Place,
): readonly (readonly [asked: Asked, next: Next | undefined])[] {
  const promised = Object.keys(capabilities) as (keyof ServerCapabilities)[];
  return [...promised.flatMap((key) => byCapability[key] ?? []), ...others].flatMap(
    ({ method, params, next }) =>
      params(place).map((one): readonly [Asked, Next | undefined] => [[method, one], next]),
  );
}
