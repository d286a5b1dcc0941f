/** The last build of each Dockerfile, stored in the workspace without secrets. */
import { isSecret } from '../command-line/secrets.ts';
import { fieldsOf, lineOf, pairOf } from '../command-line/values.ts';
import type { LineContext } from '../command-line/words.ts';
import type { Editor } from '../ui/editor.ts';
import { specOfLine } from './line.ts';
import { lineOfSpec } from './print.ts';
import { givenOptions, valuesOf, withValues, type BuildSpec } from './spec.ts';

/** A Dockerfile, or one stage of it, which is built with its own options. */
export interface BuildKey {
  readonly dockerfile: string;
  readonly stage?: string | undefined;
}

function keyOf(kind: string, { dockerfile, stage }: BuildKey): string {
  return `build.${kind}:${dockerfile}${stage === undefined ? '' : `#${stage}`}`;
}

/** The options of the last build; undefined if there was none. */
export function lastBuild(
  editor: Editor,
  key: BuildKey,
  context: LineContext,
): BuildSpec | undefined {
  const line = editor.getState(keyOf('line', key));
  return line === undefined || line === '' ? undefined : specOfLine(line, context).spec;
}

/** What earlier versions stored: only a tag and a context. */
export function lastTag(editor: Editor, key: BuildKey): string | undefined {
  return editor.getState(keyOf('tag', key));
}

export function lastContext(editor: Editor, { dockerfile }: BuildKey): string | undefined {
  return editor.getState(keyOf('context', { dockerfile }));
}

/** Stores the build, so that it can be repeated. One whose address contains a password is not stored. */
export async function rememberBuild(editor: Editor, key: BuildKey, spec: BuildSpec): Promise<void> {
  const line = lineOfSpec(withoutSecrets(spec));
  if (hasPassword(line)) return;
  await editor.setState(keyOf('line', key), line);
  await editor.setState(lastFileKey, key.dockerfile);
}

/** The Dockerfile that was built last in this workspace. */
export function lastDockerfile(editor: Editor): string | undefined {
  return editor.getState(lastFileKey);
}

const lastFileKey = 'build.file';

/**
 * Without the values of variables and arguments that are secrets by their names, or that are addresses with a password: only
 * the names stay. Attributes of caches and outputs that are secrets are left out.
 */
export function withoutSecrets(spec: BuildSpec): BuildSpec {
  const args = valuesOf(spec, 'build-arg').map((value) => {
    const [name, text = ''] = pairOf(value);
    return isSecret(name) || hasPassword(text) ? name : value;
  });
  const program = spec.program.filter((word) => {
    const [name, value] = pairOf(word);
    return value === undefined || !isSecret(name);
  });
  const own = givenOptions(spec);
  const safe = withAttributes
    .filter((name) => own.includes(name))
    .reduce((one, name) => withValues(one, name, valuesOf(one, name).map(publicFields)), spec);
  return { ...withValues(safe, 'build-arg', args), program };
}

/** Whether it is an address with a password. */
function hasPassword(text: string): boolean {
  return /:\/\/[^/\s@]*:[^/\s@]+@/.test(text);
}

/** Options with credentials among their attributes: `type=gha,token=…`. */
const withAttributes = ['cache-from', 'cache-to', 'output'] as const;

/** The fields that are not secrets; the text is unchanged if all are. */
function publicFields(value: string): string {
  const fields = fieldsOf(value);
  const kept = fields.filter((field) => !isSecret(pairOf(field.trim())[0]));
  if (kept.length === fields.length) return value;
  return lineOf(kept);
}

/** When a build ended, and how long it took. */
export interface LastRun {
  readonly endedAt: Date;
  readonly milliseconds: number;
}

export async function rememberRun(
  editor: Editor,
  key: BuildKey,
  { endedAt, milliseconds }: LastRun,
): Promise<void> {
  await editor.setState(keyOf('run', key), `${endedAt.toISOString()} ${Math.round(milliseconds)}`);
}

export function lastRun(editor: Editor, key: BuildKey): LastRun | undefined {
  const [time = '', milliseconds = ''] = (editor.getState(keyOf('run', key)) ?? '').split(' ');
  const endedAt = new Date(time);
  if (Number.isNaN(endedAt.getTime()) || !/^\d+$/.test(milliseconds)) return undefined;
  return { endedAt, milliseconds: Number(milliseconds) };
}
