/** The program: `buildMain` with the real process and the engine that the docker CLI would use. */
import { homedir } from 'node:os';
import { addAbortSignal } from 'node:stream';
import { OutputError, showsColors, write } from '../../../server/src/cli/output.ts';
import { printableLines } from '../../../server/src/cli/printable.ts';
import { connect } from '../engine/docker-api/connect.ts';
import { findAddress } from '../engine/docker-cli/address-lookup.ts';
import type { Io } from './io.ts';
import { buildMain } from './main.ts';

const cancel = new AbortController();

const io: Io = {
  cwd: process.cwd(),
  home: homedir(),
  env: process.env,
  colors: showsColors(1),
  out: (text) => write(1, text),
  err: (text) => write(2, printableLines(text)),
  stdin: () => readInput(cancel.signal),
  connect: async () => connect(await findAddress('')),
  signal: cancel.signal,
};

// A second signal ends the process at once.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => cancel.abort());

buildMain(process.argv.slice(3), io).then(
  (code) => {
    // A canceled request that nothing answers must not keep the process.
    if (cancel.signal.aborted) process.exit(code);
    process.exitCode = code;
  },
  (error: unknown) => {
    if (error instanceof OutputError) error.report();
    else io.err(`drydock: ${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 2;
  },
);

/** All of standard input. It is a stream, so that a signal is noticed while nothing is typed. */
async function readInput(signal: AbortSignal): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of addAbortSignal(signal, process.stdin)) chunks.push(chunk as Uint8Array);
  return Buffer.concat(chunks);
}
