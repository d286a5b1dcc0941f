/** All requests of an editor for a place, by the server's capabilities, so that every new capability is tested. */
import type { ServerCapabilities } from 'vscode-languageserver/node';
import { stageGraph } from '../../contract/protocol.ts';
import type { Position } from '../../server/src/text/lines.ts';

export interface Place {
  readonly uri: string;
  readonly position: Position;
}

export type RequestCall = readonly [method: string, params: object];

/** The requests that an editor can send after an answer. */
type Next = (answer: unknown, place: Place) => readonly RequestCall[];

interface Request {
  readonly method: string;
  /** Several if editors send the request in several ways. */
  readonly params: (place: Place) => readonly object[];
  readonly next?: Next;
}

const options = { tabSize: 4, insertSpaces: true };

const textDocument = ({ uri }: Place): object => ({ textDocument: { uri } });
const documentParams = (place: Place): readonly object[] => [textDocument(place)];
const positionParams = (place: Place): readonly object[] => [
  { ...textDocument(place), position: place.position },
];
const range = ({ position }: Place): object => ({
  range: { start: { line: Math.max(0, position.line - 3), character: 0 }, end: position },
});
const rangeParams = (place: Place): readonly object[] => [
  { ...textDocument(place), ...range(place) },
];
const extend =
  (params: (place: Place) => readonly object[], more: object) =>
  (place: Place): readonly object[] =>
    params(place).map((one) => ({ ...one, ...more }));

/** The first items of a list, or of an object with `items`. */
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
    ...positionParams(place),
    ...extend(positionParams, { context: { triggerKind: 2, triggerCharacter: ' ' } })(place),
  ],
  next: (answer) => first(answer, 3).map((item): RequestCall => ['completionItem/resolve', item]),
};

const rename: Request = {
  method: 'textDocument/prepareRename',
  params: positionParams,
  next: (answer, place) =>
    answer === null
      ? []
      : ['renamed', 'Not a name'].map((newName): RequestCall => [
          'textDocument/rename',
          { ...textDocument(place), position: place.position, newName },
        ]),
};

const calls: Request = {
  method: 'textDocument/prepareCallHierarchy',
  params: positionParams,
  next: (answer) =>
    first(answer, 2).flatMap((item): readonly RequestCall[] => [
      ['callHierarchy/incomingCalls', { item }],
      ['callHierarchy/outgoingCalls', { item }],
    ]),
};

/** Requests by capability. */
const byCapability: Readonly<Partial<Record<keyof ServerCapabilities, readonly Request[]>>> = {
  callHierarchyProvider: [calls],
  codeActionProvider: [actions],
  completionProvider: [completion],
  definitionProvider: [{ method: 'textDocument/definition', params: positionParams }],
  diagnosticProvider: [{ method: 'textDocument/diagnostic', params: documentParams }],
  documentFormattingProvider: [
    { method: 'textDocument/formatting', params: extend(documentParams, { options }) },
  ],
  documentHighlightProvider: [{ method: 'textDocument/documentHighlight', params: positionParams }],
  documentLinkProvider: [{ method: 'textDocument/documentLink', params: documentParams }],
  documentOnTypeFormattingProvider: [
    {
      method: 'textDocument/onTypeFormatting',
      params: extend(positionParams, { ch: '\n', options }),
    },
  ],
  documentRangeFormattingProvider: [
    { method: 'textDocument/rangeFormatting', params: extend(rangeParams, { options }) },
  ],
  documentSymbolProvider: [{ method: 'textDocument/documentSymbol', params: documentParams }],
  foldingRangeProvider: [{ method: 'textDocument/foldingRange', params: documentParams }],
  hoverProvider: [{ method: 'textDocument/hover', params: positionParams }],
  inlayHintProvider: [{ method: 'textDocument/inlayHint', params: rangeParams }],
  referencesProvider: [
    {
      method: 'textDocument/references',
      params: extend(positionParams, { context: { includeDeclaration: true } }),
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
    { method: 'textDocument/semanticTokens/full', params: documentParams },
    { method: 'textDocument/semanticTokens/range', params: rangeParams },
  ],
  signatureHelpProvider: [{ method: 'textDocument/signatureHelp', params: positionParams }],
};

/** Capabilities without requests. */
const withoutRequests: readonly string[] = ['positionEncoding', 'textDocumentSync', 'workspace'];

/** Requests that are registered later, and custom requests. */
const others: readonly Request[] = [
  { method: 'textDocument/codeLens', params: documentParams },
  { method: stageGraph, params: ({ uri }) => [{ uri }] },
];

/** Capabilities and registered methods without a request above: add one for each. */
export function untestedCapabilities(
  capabilities: ServerCapabilities,
  registered: readonly string[],
): readonly string[] {
  const known = new Set<string>([...Object.keys(byCapability), ...withoutRequests]);
  const methods = new Set(others.map(({ method }) => method));
  return [
    ...Object.keys(capabilities).filter((key) => !known.has(key)),
    ...registered.filter(
      (method) => !methods.has(method) && !method.startsWith('workspace/didChange'),
    ),
  ];
}

/** The requests for a place, each with the function that returns the requests after its answer. */
export function requests(
  capabilities: ServerCapabilities,
  place: Place,
): readonly (readonly [asked: RequestCall, next: Next | undefined])[] {
  const declared = Object.keys(capabilities) as (keyof ServerCapabilities)[];
  return [...declared.flatMap((key) => byCapability[key] ?? []), ...others].flatMap(
    ({ method, params, next }) =>
      params(place).map((one): readonly [RequestCall, Next | undefined] => [[method, one], next]),
  );
}
