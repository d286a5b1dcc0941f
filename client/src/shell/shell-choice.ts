/** How a shell is opened: the choices of the user, remembered for each image in the workspace. */
import type { Container, ExecOptions } from '../engine/engine.ts';
import type { Editor } from '../ui/editor.ts';

/** Absent properties have the default of the container. */
export interface ShellChoice {
  /** The command of the shell: `/bin/bash`. */
  readonly shell?: string;
  readonly user?: string;
  readonly workdir?: string;
  /** `NAME=value`. */
  readonly env?: readonly string[];
  readonly privileged?: true;
}

type Memory = Pick<Editor, 'getState' | 'setState'>;

/** The choices of the last time for a container of this image. */
export function rememberedChoice(editor: Memory, container: Container): ShellChoice {
  try {
    return parseChoice(JSON.parse(editor.getState(keyOf(container)) ?? '{}'));
  } catch {
    return {};
  }
}

/** Values of variables that look like secrets are not stored. */
export async function rememberChoice(
  editor: Memory,
  container: Container,
  { env = [], ...others }: ShellChoice,
): Promise<void> {
  const kept = env.filter((one) => !secretName.test(one.split('=')[0] ?? ''));
  const choice = { ...others, ...(kept.length > 0 && { env: kept }) };
  await editor.setState(keyOf(container), JSON.stringify(choice));
}

/** The options of the process. */
export function execOptions({ user, workdir, env = [], privileged }: ShellChoice): ExecOptions {
  return {
    tty: true,
    env: ['TERM=xterm-256color', ...env],
    ...(user !== undefined && { user }),
    ...(workdir !== undefined && { workdir }),
    ...(privileged === true && { privileged: true }),
  };
}

const secretName = /pass|secret|token|credential|(?:^|_)key/i;

function keyOf({ image }: Container): string {
  return `shell:${image}`;
}

/** Reads stored text, which another version may have written. */
function parseChoice(value: unknown): ShellChoice {
  if (typeof value !== 'object' || value === null) return {};
  const { shell, user, workdir, env, privileged } = value as Readonly<Record<string, unknown>>;
  const variables = Array.isArray(env) ? env.filter((one) => typeof one === 'string') : [];
  return {
    ...(typeof shell === 'string' && { shell }),
    ...(typeof user === 'string' && { user }),
    ...(typeof workdir === 'string' && { workdir }),
    ...(variables.length > 0 && { env: variables }),
    ...(privileged === true && { privileged: true }),
  };
}
