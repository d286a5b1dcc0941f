/** Reads the output of ShellCheck's `--format=json1`. */

export interface Remark {
  /** As in the wiki: 2086. */
  readonly code: number;
  readonly level: 'error' | 'warning' | 'info' | 'style';
  readonly message: string;
  /** Offsets in the script. */
  readonly start: number;
  readonly end: number;
  /** Its fix, in offsets of the script; the edits do not overlap. */
  readonly edits: readonly RemarkEdit[];
}

export interface RemarkEdit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** The remarks in a report; undefined if it is not one. */
export function readReport(json: string, script: string): readonly Remark[] | undefined {
  const raw = parsed(json);
  const comments = isObject(raw) ? raw['comments'] : undefined;
  if (!Array.isArray(comments)) return undefined;
  const offsetAt = offsetsOf(script);
  return comments.flatMap((one) => readRemark(one, offsetAt) ?? []);
}

type OffsetAt = (line: unknown, column: unknown) => number;

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

function readRemark(raw: unknown, offsetAt: OffsetAt): Remark | undefined {
  if (!isObject(raw)) return undefined;
  const { code, message } = raw;
  const level = levels.find((one) => one === raw['level']);
  if (typeof code !== 'number' || typeof message !== 'string' || level === undefined)
    return undefined;
  const place = placeOf(raw, offsetAt);
  const fix = isObject(raw['fix']) ? raw['fix']['replacements'] : undefined;
  const edits = (Array.isArray(fix) ? fix : []).map((one) => readEdit(one, offsetAt));
  const whole = edits.filter((one) => one !== undefined);
  return { code, level, message, ...place, edits: whole.length === edits.length ? whole : [] };
}

const levels = ['error', 'warning', 'info', 'style'] as const;

function readEdit(raw: unknown, offsetAt: OffsetAt): RemarkEdit | undefined {
  if (!isObject(raw) || typeof raw['replacement'] !== 'string') return undefined;
  return { ...placeOf(raw, offsetAt), text: raw['replacement'] };
}

function placeOf(
  raw: Readonly<Record<string, unknown>>,
  offsetAt: OffsetAt,
): { readonly start: number; readonly end: number } {
  const start = offsetAt(raw['line'], raw['column']);
  const end = offsetAt(raw['endLine'] ?? raw['line'], raw['endColumn'] ?? raw['column']);
  return { start, end: Math.max(start, end) };
}

/** Converts 1-based lines and columns; columns count Unicode code points. */
function offsetsOf(script: string): OffsetAt {
  const lines = script.split('\n');
  const starts: number[] = [];
  let at = 0;
  for (const line of lines) {
    starts.push(at);
    at += line.length + 1;
  }
  return (line, column) => {
    const i = Math.min(Math.max(Number(line) - 1, 0), lines.length - 1);
    const text = lines[i] ?? '';
    let units = 0;
    for (let left = Number(column) - 1; left > 0 && units < text.length; left--)
      units += (text.codePointAt(units) ?? 0) > 0xffff ? 2 : 1;
    return (starts[i] ?? 0) + units;
  };
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
