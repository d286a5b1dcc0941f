/** The logs of containers. */
import { isAborted } from './engine-errors.ts';
import { anyObject, flag } from './json-readers.ts';
import { demultiplex } from './log-frames.ts';
import { LogLineReader } from './log-lines.ts';
import type { Request } from './request.ts';
import { segment } from './request.ts';
import { bodyOf, requestJson } from './requests.ts';
import type { Peer, Wire } from './wire.ts';
import type { Engine, LogsOptions } from '../engine.ts';
import type { LogBatch } from '../log-batch.ts';

export function logMethods(wire: Wire, { podman }: Peer): Pick<Engine, 'logs' | 'logLines'> {
  return {
    logs: (id, options, signal) => logs(wire, id, { ...options, signal }),
    logLines: (id, options, signal) => logLines(wire, id, { ...options, podman, signal }),
  };
}

interface LogsRequest extends LogsOptions {
  readonly signal: AbortSignal;
}

async function* logs(
  wire: Wire,
  id: string,
  options: LogsRequest,
): AsyncGenerator<Uint8Array, void, undefined> {
  const tty = await hasTerminal(wire, id, options.signal);
  if (tty === undefined) return;
  const body = bodyOf(wire, requestOf(id, options));
  try {
    yield* tty ? body : demultiplex(body);
  } catch (error) {
    if (!isAborted(options.signal)) throw error;
  }
}

async function* logLines(
  wire: Wire,
  id: string,
  options: LogsRequest & { readonly podman: boolean },
): AsyncGenerator<LogBatch, void, undefined> {
  const { signal, podman } = options;
  const tty = await hasTerminal(wire, id, signal);
  if (tty === undefined) return;
  const reader = new LogLineReader({ framed: !tty, podman });
  try {
    for await (const chunk of bodyOf(wire, requestOf(id, { ...options, timestamps: true }))) {
      const batch = reader.read(chunk);
      if (batch.count > 0) yield batch;
    }
    const last = reader.end();
    if (last.count > 0) yield last;
  } catch (error) {
    if (!isAborted(signal)) throw error;
  }
}

function requestOf(
  id: string,
  { follow, tail, timestamps = false, since, until, signal }: LogsRequest,
): Request {
  const path = `/containers/${segment(id)}/logs`;
  const lines = Number.isFinite(tail) && tail >= 0 ? String(Math.floor(tail)) : 'all';
  const query = { follow, tail: lines, timestamps, since, until, stdout: true, stderr: true };
  return { method: 'GET', path, query, signal, patience: 'open' };
}

/** Whether the output of a container has no frames; undefined after an abort. */
async function hasTerminal(
  wire: Wire,
  id: string,
  signal: AbortSignal,
): Promise<boolean | undefined> {
  const inspect = { method: 'GET', path: `/containers/${segment(id)}/json`, signal } as const;
  const tty = await requestJson(wire, inspect, terminalOf).catch((error: unknown) => {
    if (isAborted(signal)) return undefined;
    throw error;
  });
  return isAborted(signal) ? undefined : tty;
}

/** Undefined if the JSON is not that of a container. */
function terminalOf(json: unknown): boolean | undefined {
  const config = anyObject(anyObject(json)?.Config);
  return config && (flag(config.Tty) ?? false);
}
