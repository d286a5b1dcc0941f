/** Compares the answers of two language servers at random places of real files, by the kind of difference. */
import { capabilities, start, type Program, type Server } from './lsp-client.ts';

interface Position {
  readonly line: number;
  readonly character: number;
}

interface Place {
  readonly file: number;
  readonly position: Position;
  /** The line, with a mark at the place. */
  readonly shown: string;
}

/** Places per kind of difference, with the first ones as examples. */
export type Differences = ReadonlyMap<string, { count: number; readonly examples: string[] }>;

/** The answer as a text that is the same if the answers mean the same; undefined if there is none. */
type Read = (answer: unknown) => string | undefined;

const atPlace: Readonly<Record<string, Read>> = {
  definition: (answer) => rangesOf(answer),
  documentHighlight: (answer) => rangesOf(answer),
  prepareRename: (answer) => rangesOf(answer === null ? [] : [answer]),
  hover: (answer) => (answer === null ? undefined : 'hover'),
  signatureHelp: (answer) => {
    const { signatures = [] } = (answer ?? {}) as { signatures?: readonly unknown[] };
    return signatures.length === 0 ? undefined : 'signature';
  },
};

/** What the answer has, each with its line. The same is the same text. */
type ReadList = (answer: unknown) => readonly { readonly line: number; readonly what: string }[];

const ofFile: Readonly<Record<string, ReadList>> = {
  documentSymbol: (answer) =>
    outlineOf(answer).map(({ range: { start } }) => ({
      line: start.line,
      what: `${String(start.line)}:${String(start.character)}`,
    })),
  foldingRange: (answer) =>
    ((answer ?? []) as readonly { readonly startLine: number; readonly endLine: number }[]).map(
      ({ startLine, endLine }) => ({
        line: startLine,
        what: `${String(startLine)}-${String(endLine)}`,
      }),
    ),
  documentLink: (answer) =>
    ((answer ?? []) as readonly (Ranged & { readonly target: string })[]).map(
      ({ range: { start }, target }) => ({
        line: start.line,
        what: `${String(start.line)} ${target.replace(/\/$/, '')}`,
      }),
    ),
};

interface Ranged {
  readonly range: { readonly start: Position };
}

/** The items of an outline that is a tree or a list. */
function outlineOf(answer: unknown): readonly Ranged[] {
  type Item = Ranged & { readonly location?: Ranged; readonly children?: readonly Item[] };
  return ((answer ?? []) as readonly Item[]).flatMap((one) => [
    one.location ?? one,
    ...outlineOf(one.children),
  ]);
}

function rangesOf(answer: unknown): string | undefined {
  const list = (Array.isArray(answer) ? answer : answer === null ? [] : [answer]) as readonly {
    readonly range?: unknown;
  }[];
  const texts = list.map((one) => JSON.stringify(one.range ?? one)).sort();
  return texts.length === 0 ? undefined : texts.join(' ');
}

/** The same places for the same number, on characters of words. */
function randomPlaces(files: readonly string[], count: number): readonly Place[] {
  let seed = 7;
  const below = (limit: number): number => {
    // Mulberry32, whose numbers do not repeat within these counts.
    seed = (seed + 0x6d_2b_79_f5) | 0;
    let mixed = Math.imul(seed ^ (seed >>> 15), seed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296) * limit);
  };
  const places: Place[] = [];
  while (places.length < count) {
    const file = below(files.length);
    const lines = (files[file] ?? '').split(/\r?\n/);
    const line = below(lines.length);
    const text = lines[line] ?? '';
    const character = below(text.length);
    if (!/\w/.test(text.charAt(character)) || text.trim().startsWith('#')) continue;
    const shown = `${text.slice(0, character)}‸${text.slice(character)}`.trim().slice(0, 110);
    places.push({ file, position: { line, character }, shown });
  }
  return places;
}

interface Running {
  readonly server: Server;
  readonly ask: (method: string, file: number, position?: Position) => Promise<unknown>;
}

async function running(program: Program, files: readonly string[]): Promise<Running> {
  const server = start(program);
  await server.request('initialize', { processId: null, rootUri: null, capabilities });
  server.notify('initialized', {});
  const uriOf = (file: number): string => `file:///language/${String(file)}/Dockerfile`;
  for (const [file, text] of files.entries()) {
    const textDocument = { uri: uriOf(file), languageId: 'dockerfile', version: 1, text };
    server.notify('textDocument/didOpen', { textDocument });
  }
  const ask: Running['ask'] = async (method, file, position) => {
    const answer = await server
      .request(`textDocument/${method}`, { textDocument: { uri: uriOf(file) }, position })
      // A refusal is an answer too.
      .catch(() => null);
    return method === 'documentLink' ? withTargets(server, answer) : answer;
  };
  return { server, ask };
}

/** A server may give the target of a link only when it is asked for it. */
async function withTargets(server: Server, answer: unknown): Promise<unknown> {
  const links = (answer ?? []) as readonly { readonly target?: string }[];
  return Promise.all(
    links.map(async (link) =>
      link.target === undefined ? await server.request('documentLink/resolve', link) : link,
    ),
  );
}

/** The kinds of difference at `count` random places, and in each file as a whole. */
export async function compareAnswers(
  { ours, theirs }: { readonly ours: Program; readonly theirs: Program },
  files: readonly string[],
  count: number,
): Promise<Differences> {
  const found = new Map<string, { count: number; readonly examples: string[] }>();
  const add = (kind: string, example: string): void => {
    const one = found.get(kind) ?? { count: 0, examples: [] };
    found.set(kind, one);
    one.count++;
    // The first ones, and some of the others.
    if (one.count <= mostExamples || one.count % 50 === 0) one.examples.push(example);
  };
  const [own, peer] = await Promise.all([running(ours, files), running(theirs, files)]);
  const compareOne = async (method: string, read: Read, place: Place): Promise<void> => {
    const { file, position, shown } = place;
    const answers = await Promise.all([own, peer].map(({ ask }) => ask(method, file, position)));
    const [mine, other] = answers.map(read);
    add(`${method}: ${kindOf(mine, other)}`, shown);
  };
  for (const place of randomPlaces(files, count))
    for (const [method, read] of Object.entries(atPlace)) await compareOne(method, read, place);
  const compareFile = async (method: string, read: ReadList, file: number): Promise<void> => {
    const answers = await Promise.all([own, peer].map(({ ask }) => ask(method, file)));
    const [mine = [], other = []] = answers.map(read);
    const lines = (files[file] ?? '').split('\n');
    const addMissing = (kind: string, from: typeof mine, to: typeof mine): void => {
      const known = new Set(to.map(({ what }) => what));
      for (const { line, what } of from)
        if (!known.has(what))
          add(`${method}: ${kind}`, `${what}: ${(lines[line] ?? '').trim().slice(0, 110)}`);
        else if (from === mine) add(`${method}: same`, what);
    };
    addMissing('only in ours', mine, other);
    addMissing('only in the other', other, mine);
  };
  for (const file of files.keys())
    for (const [method, read] of Object.entries(ofFile)) await compareFile(method, read, file);
  await Promise.all([own.server.end(), peer.server.end()]);
  return found;
}

const mostExamples = 20;

function kindOf(mine: string | undefined, other: string | undefined): string {
  if (mine === other) return 'same';
  if (mine === undefined) return 'only the other answers';
  return other === undefined ? 'only ours answers' : 'different';
}
