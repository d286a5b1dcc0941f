/** Two language servers over stdio in the same run, as an editor sees them. */
import { performance } from 'node:perf_hooks';
import { capabilities, start, type Server } from './lsp-client.ts';

export interface Measured {
  /** Milliseconds from the start of the process to the answer. */
  readonly initialize: number;
  /** Milliseconds: half of them, and all but one in a hundred, are quicker. */
  readonly times: Readonly<Record<Step, readonly [p50: number, p99: number]>>;
  /** Megabytes. */
  readonly memory: number | undefined;
}

const steps = ['open', 'keystroke', 'completion', 'hover', 'semanticTokens'] as const;
export type Step = (typeof steps)[number];

/** Each server with the same files; the starts take turns, so that a busy machine is busy for both. */
export async function compare(
  servers: Readonly<Record<string, readonly string[]>>,
  files: readonly string[],
): Promise<Readonly<Record<string, Measured>>> {
  const starts = new Map<string, number[]>();
  for (let i = 0; i < 7; i++) {
    for (const [name, args] of Object.entries(servers)) {
      const { server, passed } = await started(args);
      starts.set(name, [...(starts.get(name) ?? []), passed]);
      await server.end();
    }
  }
  const measured: Record<string, Measured> = {};
  for (const [name, args] of Object.entries(servers)) {
    const { server } = await started(args);
    const times = await timesOf(server, files);
    const bytes = server.memory();
    const initialize = quantile(starts.get(name) ?? [], 0.5);
    measured[name] = { initialize, times, memory: bytes === undefined ? undefined : bytes / 1e6 };
    await server.end();
  }
  return measured;
}

async function started(args: readonly string[]): Promise<{ server: Server; passed: number }> {
  const before = performance.now();
  const server = start(args);
  await server.request('initialize', { processId: process.pid, rootUri: null, capabilities });
  const passed = performance.now() - before;
  server.notify('initialized', {});
  return { server, passed };
}

async function timesOf(server: Server, files: readonly string[]): Promise<Measured['times']> {
  const all = new Map<Step, number[]>(steps.map((step) => [step, []]));
  for (const [i, text] of files.entries()) {
    const uri = `file:///bench/${String(i)}/Dockerfile`;
    const textDocument = { uri };
    const time = async (step: Step, work: () => Promise<unknown>): Promise<void> => {
      const before = performance.now();
      await work();
      all.get(step)?.push(performance.now() - before);
    };
    const published = (act: () => void) => (): Promise<void> => {
      const told = server.published(uri);
      act();
      return told;
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
  const entries = [...all].map(([step, list]) => [
    step,
    [quantile(list, 0.5), quantile(list, 0.99)],
  ]);
  return Object.fromEntries(entries) as Measured['times'];
}

function quantile(list: readonly number[], part: number): number {
  const sorted = [...list].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))] ?? Number.NaN;
}
