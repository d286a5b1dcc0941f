/** Why a build failed: from the status of the call, its details (solver/errdefs of BuildKit), and the steps. */
import type { BuildEvent, BuildFailure, FailedLines } from '../../../../contract/build.ts';
import type { GrpcError } from './grpc/status.ts';
import { decode } from './messages.ts';
import { explained } from './refusals.ts';

type StepEvent = Extract<BuildEvent, { kind: 'step' }>;

/** `steps` are the last events of all steps. */
export function failureOf(error: GrpcError, steps: readonly StepEvent[]): BuildFailure {
  const { message: full, details } = detailsOf(error);
  const message = explained(cleanMessage(full));
  const exitCode = exitCodeOf(full, details);
  const step = failedStep(full, details, steps);
  return {
    message,
    ...(exitCode !== undefined && { exitCode }),
    ...(step && { step: { id: step.id, name: step.name } }),
    sources: details.flatMap((detail) => linesOf(detail) ?? []),
  };
}

interface Detail {
  readonly type: string;
  readonly value: Json;
}

type Json = Readonly<Record<string, unknown>>;

/** Details whose value is not an object are skipped: their JSON is not trusted. */
function detailsOf({ message, details }: GrpcError): { message: string; details: Detail[] } {
  try {
    const status = details && decode('RpcStatus', details);
    const found = (status?.details ?? []).flatMap(({ type_url: type = '', value }) => {
      const json = parse(value);
      return json === undefined ? [] : [{ type, value: json }];
    });
    return { message: status?.message ?? message, details: found };
  } catch {
    return { message, details: [] };
  }
}

function parse(bytes: Uint8Array | undefined): Json | undefined {
  try {
    return objectOf(JSON.parse(Buffer.from(bytes ?? []).toString()));
  } catch {
    return undefined;
  }
}

function objectOf(value: unknown): Json | undefined {
  return typeof value === 'object' && value !== null ? (value as Json) : undefined;
}

/** What BuildKit writes before the reason: the calls that passed it on. */
const prefix =
  /^(?:rpc error: code = \w+ desc =|failed to solve(?: with frontend [\w.]+)?:|failed to (?:create|build) LLB(?: definition)?:|failed to (?:load|compute) cache key:|failed to calculate checksum of ref [^\s"]+:|failed to read dockerfile:|error from sender:)\s*/;

/** The reason without the chain of calls before it. */
export function cleanMessage(message: string): string {
  let text = message.trim();
  for (let cut = text.replace(prefix, ''); cut !== text; cut = cut.replace(prefix, '')) text = cut;
  // Old versions repeat the last words.
  return text.replace(/:?\s+not found: not found$/, ': not found');
}

function exitCodeOf(message: string, details: readonly Detail[]): number | undefined {
  const code = details.find(({ type }) => /\.ExitMessage\b/.test(type))?.value.Code;
  if (typeof code === 'number') return code;
  const digits = /\bexit code: (\d+)$/.exec(message)?.[1];
  return digits === undefined ? undefined : Number(digits);
}

/** The step that BuildKit names; if it does not, the one whose error is in the message: others were only stopped. */
function failedStep(
  message: string,
  details: readonly Detail[],
  steps: readonly StepEvent[],
): StepEvent | undefined {
  const digest = details.find(({ type }) => /errdefs\.Vertex\b/.test(type))?.value.digest;
  const failed = steps.filter(({ state }) => state === 'failed');
  return (
    steps.find(({ id }) => id === digest) ??
    failed.find(({ error = '' }) => error !== '' && message.includes(error)) ??
    (failed.length === 1 ? failed[0] : undefined)
  );
}

function linesOf({ type, value }: Detail): FailedLines | undefined {
  if (!/errdefs\.Source\b/.test(type)) return undefined;
  const info = objectOf(value.info);
  const { filename, data } = info ?? {};
  if (typeof data !== 'string') return undefined;
  return {
    file: typeof filename === 'string' ? filename : '',
    text: Buffer.from(data, 'base64').toString(),
    lines: joined(Array.isArray(value.ranges) ? value.ranges.flatMap(rangeOf) : []),
  };
}

interface Lines {
  readonly start: number;
  readonly end: number;
}

function rangeOf(range: unknown): readonly Lines[] {
  const start = lineOf(objectOf(range)?.start);
  const end = lineOf(objectOf(range)?.end);
  return start === undefined ? [] : [{ start, end: Math.max(start, end ?? start) }];
}

function lineOf(position: unknown): number | undefined {
  const line = objectOf(position)?.line;
  return typeof line === 'number' && line > 0 ? line : undefined;
}

/** BuildKit gives one range for each line of an instruction. */
function joined(ranges: readonly Lines[]): readonly Lines[] {
  const all: Lines[] = [];
  for (const range of ranges) {
    const last = all.at(-1);
    if (last && range.start === last.end + 1)
      all[all.length - 1] = { start: last.start, end: range.end };
    else all.push(range);
  }
  return all;
}
