/**
 * Where scripts may read a variable without naming it as the shell does: in the code of another language, in text that a
 * shell reads later, or through another variable.
 */
import type { Document } from '../../model/document.ts';
import type { Instruction } from '../../syntax/tree.ts';
import { contains, encloses, type Span } from '../../text/span.ts';
import { scriptVariables } from '../../model/script-variables.ts';
import type { Target } from './target.ts';

export interface Mention {
  readonly span: Span;
  /** `code`: another language reads the variable; `text`: `$NAME` in quotes; `indirect`: a name that the script may read. */
  readonly kind: 'code' | 'text' | 'indirect';
}

/** Mentions that are not among the uses, in the instructions that programs and shells run. */
export function mentionsOf(document: Document, target: Target): readonly Mention[] {
  const { name, uses, script } = target;
  const known = new Set(uses.map(({ span }) => span.start));
  const instructions = script ? [script.instruction] : instructionsWith(document, target);
  return instructions.flatMap((instruction) => mentionsIn(document, instruction, name, known));
}

/** The instructions whose text is run, now or later, where the variable is set. */
function instructionsWith({ model }: Document, { name, uses }: Target): readonly Instruction[] {
  const definitions = uses.filter(({ role }) => role === 'definition');
  const first = definitions[0]?.span.start ?? 0;
  return model
    .each('RUN', 'CMD', 'ENTRYPOINT', 'HEALTHCHECK', 'COPY', 'ADD')
    .filter(({ kind, heredocs, span: place, onbuild }) => {
      const isCopy = kind === 'COPY' || kind === 'ADD';
      if (place.start < first || (isCopy && heredocs.length === 0)) return false;
      if (onbuild === true) return true;
      const span = { start: place.start, end: place.start };
      const from = model.resolve({ name, span, nameSpan: span })?.from;
      if (typeof from !== 'object' || !definitions.some((one) => encloses(from.span, one.span)))
        return false;
      // Containers do not know the arguments of the build.
      return kind === 'RUN' || isCopy || from.kind === 'ENV';
    });
}

/** Code of other languages that reads the environment. */
const readers =
  /(?:environ(?:\.get)?|getenv|GetEnvironmentVariable|LookupEnv|Getenv|env::var|env!|ENV(?:\.fetch)?|\$_(?:ENV|SERVER)|process\.env|Deno\.env\.get)\s*(?:\[\s*|\(\s*|\{\s*|\.)\\?["']?$/;
/** The name in text as shells write it, and as PowerShell does. */
const opener = /(?:\$\{?[!#]?|\$env:|\$\{env:|\benv:\\?|--preserve-env=(?:\w+,)*)$/i;

function mentionsIn(
  document: Document,
  instruction: Instruction,
  name: string,
  known: ReadonlySet<number>,
): readonly Mention[] {
  const { text, tree, model } = document;
  const { start, end } = instruction.span;
  const written = text.slice(start, end);
  if (!written.toLowerCase().includes(name.toLowerCase())) return [];
  const variables = scriptVariables(model, instruction);
  const uses = new Set(variables?.uses.map(({ span }) => span.start));
  const isIndirect = /\$\{!\w+\}|(?:^|[\s;&|(])(?:eval|declare\s+-n|printenv\s+"?\$|\S+\s+-v\s+"?\$)/.test(written); // prettier-ignore
  const inside = tree.comments.filter(({ isInside, span }) => isInside && span.start >= start && span.end <= end); // prettier-ignore
  const found: Mention[] = [];
  // Names of Windows are the same in any case.
  const isWindows = variables?.dialect === 'powershell' || variables?.dialect === 'cmd';
  const places = new RegExp(String.raw`(?<!\w)${name}(?!\w)`, isWindows ? 'gi' : 'g');
  for (const { index } of written.matchAll(places)) {
    const at = start + index;
    if (known.has(at) || isInFlag(instruction, at) || inside.some(({ span }) => contains(span, at)))
      continue;
    const before = written.slice(Math.max(0, index - 60), index);
    const span = { start: at, end: at + name.length };
    if (readers.test(before)) found.push({ span, kind: 'code' });
    // A use that the shell reads is that of another variable, such as one of the base image.
    else if (uses.has(at)) continue;
    else if (isText(before, written.slice(index + name.length))) found.push({ span, kind: 'text' });
    else if (isIndirect && !/^=/.test(written.slice(index + name.length)))
      found.push({ span, kind: 'indirect' });
  }
  return found;
}

/** Whether `$NAME` or `%NAME%` is written there. What reads the text later sees no escape. */
function isText(before: string, after: string): boolean {
  return opener.test(before) || (before.endsWith('%') && after.startsWith('%'));
}

function isInFlag({ flags }: Instruction, offset: number): boolean {
  return flags.some(({ span }) => contains(span, offset));
}
