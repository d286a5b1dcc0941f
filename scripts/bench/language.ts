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

const ofFile: Readonly<Record<string, Read>> = {
  documentSymbol: (answer) => String((answer as readonly unknown[] | null)?.length ?? 0),
  foldingRange: (answer) => String((answer as readonly unknown[] | null)?.length ?? 0),
  documentLink: (answer) => rangesOf(answer),
};

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
  const ask: Running['ask'] = (method, file, position) =>
    server
      .request(`textDocument/${method}`, { textDocument: { uri: uriOf(file) }, position })
      // A refusal is an answer too.
      .catch(() => null);
  return { server, ask };
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
    if (one.examples.length < mostExamples) one.examples.push(example);
  };
  const [own, peer] = await Promise.all([running(ours, files), running(theirs, files)]);
  const compareOne = async (
    method: string,
    read: Read,
    file: number,
    place?: Place,
  ): Promise<void> => {
    // prettier-ignore
    const answers = await Promise.all(
      [own, peer].map(({ ask }) => ask(method, file, place?.position)),
    );
    const [mine, other] = answers.map(read);
    add(`${method}: ${kindOf(mine, other)}`, place?.shown ?? `file ${String(file)}: ${mine ?? ''} and ${other ?? ''}`); // prettier-ignore
  };
  for (const place of randomPlaces(files, count))
    for (const [method, read] of Object.entries(atPlace))
      await compareOne(method, read, place.file, place);
  for (const file of files.keys())
    for (const [method, read] of Object.entries(ofFile)) await compareOne(method, read, file);
  await Promise.all([own.server.end(), peer.server.end()]);
  return found;
}

const mostExamples = 12;

function kindOf(mine: string | undefined, other: string | undefined): string {
  if (mine === other) return 'same';
  if (mine === undefined) return 'only the other answers';
  return other === undefined ? 'only ours answers' : 'different';
}
