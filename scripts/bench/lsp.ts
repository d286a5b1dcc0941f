/** Measures language servers over stdio in the same run, as an editor uses them. */
import { performance } from 'node:perf_hooks';
import { setTimeout as wait } from 'node:timers/promises';
import { capabilities, start, type Program, type Server } from './lsp-client.ts';

export interface Measured {
  /** Milliseconds from the start of the process to the answer. */
  readonly initialize: number;
  /** Milliseconds: median and 99th percentile. */
  readonly times: Readonly<Record<Step, readonly [p50: number, p99: number]>>;
  /** Megabytes. */
  readonly memory: number | undefined;
}

const steps = ['open', 'keystroke', 'completion', 'hover', 'semanticTokens'] as const;
export type Step = (typeof steps)[number];

/** The number of starts per server. */
const startsEach = 15;

/** Milliseconds to the answer to `initialize` at the first start of a program. */
export async function firstStart(program: Program): Promise<number> {
  const { server, passed } = await started(program);
  await server.end();
  return passed;
}

/** Starts a program and opens the files, until `isReady`: as an editor does before the start that is measured. */
export async function useOnce(
  program: Program,
  files: readonly string[],
  isReady: () => boolean,
): Promise<void> {
  const { server } = await started(program);
  for (const [index, text] of files.entries())
    await visit(server, { uri: `file:///before/${String(index)}/Dockerfile`, text }, new Map());
  while (!isReady()) await wait(50);
  await server.end();
}

type Times = Map<Step, number[]>;

/** Measures every server with the same files. Servers alternate in each step, so that load on the machine affects all. */
export async function compare(
  servers: Readonly<Record<string, Program>>,
  files: readonly string[],
): Promise<Readonly<Record<string, Measured>>> {
  // All keep running while the starts are measured; by then, their code caches have been written.
  const runs = await Promise.all(
    Object.entries(servers).map(async ([name, program]) => ({
      name,
      initialize: [] as number[],
      times: new Map<Step, number[]>(steps.map((step) => [step, []])),
      program,
      server: (await started(program)).server,
    })),
  );
  for (const [i, text] of files.entries()) {
    for (const { server, times } of rotated(runs, i)) {
      await visit(server, { uri: `file:///bench/${String(i)}/Dockerfile`, text }, times);
    }
  }
  for (let i = 0; i < startsEach; i++) {
    for (const { program, initialize } of rotated(runs, i)) {
      const { server, passed } = await started(program);
      initialize.push(passed);
      await server.end();
    }
  }
  const measured = runs.map(({ name, initialize, times, server }): [string, Measured] => {
    const bytes = server.memory();
    return [
      name,
      {
        initialize: quantile(initialize, 0.5),
        times: Object.fromEntries(
          [...times].map(([step, list]) => [step, [quantile(list, 0.5), quantile(list, 0.99)]]),
        ) as unknown as Measured['times'],
        memory: bytes === undefined ? undefined : bytes / 1e6,
      },
    ];
  });
  for (const { server } of runs) await server.end();
  return Object.fromEntries(measured);
}

/** The list, starting at another element each time. */
function rotated<T>(list: readonly T[], by: number): readonly T[] {
  const at = by % list.length;
  return [...list.slice(at), ...list.slice(0, at)];
}

async function started(program: Program): Promise<{ server: Server; passed: number }> {
  const before = performance.now();
  const server = start(program);
  await server.request('initialize', { processId: process.pid, rootUri: null, capabilities });
  const passed = performance.now() - before;
  server.notify('initialized', {});
  return { server, passed };
}

/** Opens a file, types a character at its end, sends the requests of an editor, and closes the file. */
async function visit(
  server: Server,
  { uri, text }: { readonly uri: string; readonly text: string },
  times: Times,
): Promise<void> {
  const textDocument = { uri };
  const time = async (step: Step, work: () => Promise<unknown>): Promise<void> => {
    const before = performance.now();
    await work();
    times.get(step)?.push(performance.now() - before);
  };
  const published = (act: () => void) => (): Promise<void> => {
    const diagnostics = server.published(uri);
    act();
    return diagnostics;
  };
  await time(
    'open',
    published(() => {
      server.notify('textDocument/didOpen', {
        textDocument: { uri, languageId: 'dockerfile', version: 1, text },
      });
    }),
  );
  const rows = text.split('\n');
  const row = Math.max(
    0,
    rows.findIndex((line) => /^(?:RUN|COPY) /.test(line)),
  );
  const end = { line: rows.length - 1, character: rows.at(-1)?.length ?? 0 };
  await time(
    'keystroke',
    published(() => {
      server.notify('textDocument/didChange', {
        textDocument: { uri, version: 2 },
        contentChanges: [{ range: { start: end, end }, text: '#' }],
      });
    }),
  );
  const at = (character: number) => ({ textDocument, position: { line: row, character } });
  await time('completion', () => server.request('textDocument/completion', at(0)));
  await time('hover', () => server.request('textDocument/hover', at(1)));
  await time('semanticTokens', () =>
    server.request('textDocument/semanticTokens/full', { textDocument }),
  );
  server.notify('textDocument/didClose', { textDocument });
}

function quantile(list: readonly number[], part: number): number {
  const sorted = [...list].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))] ?? Number.NaN;
}
