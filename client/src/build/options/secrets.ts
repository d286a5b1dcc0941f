/** --secret and --ssh. */
import { t } from '@vscode/l10n';
import type { BuildSecret, BuildSsh } from '../../../../contract/build.ts';
import { fullPath } from '../../command-line/paths.ts';
import { createSyntax } from '../../command-line/syntax.ts';
import { fieldsOf, isFields, lineOf, pairOf } from '../../command-line/values.ts';
import type { LineContext } from '../../command-line/words.ts';
import { list, twoColumns } from './option.ts';

/** A value of --secret. */
export interface SecretValue {
  readonly id: string;
  /** `ask` is written `type=env`, which docker reads as the variable with the name of the secret. */
  readonly from: 'file' | 'env' | 'ask';
  /** The path or the name of the variable; empty if it is that of the secret. */
  readonly source: string;
}

/** Reads a value as buildx does; a text if it is not valid. */
export function secretOf(value: string): SecretValue | string {
  if (!isFields(value)) return t('{0} has an unclosed quote', value);
  const found: Record<string, string> = {};
  for (const field of fieldsOf(value)) {
    const [key, text] = pairOf(field);
    if (text === undefined) return t('{0} must be of the form key=value', field);
    const name = key
      .trim()
      .toLowerCase()
      .replace(/^source$/, 'src');
    if (!/^(?:id|type|src|env)$/.test(name)) return t('{0} is not a field of a secret', key);
    found[name] = text;
  }
  const { id = '', type, src = '', env = '' } = found;
  if (type !== undefined && type !== 'file' && type !== 'env') {
    return t('{0} is not valid; use {1}', type, 'file, env');
  }
  if (id === '') return t('A secret requires an id');
  if (env !== '') return { id, from: 'env', source: env };
  if (type === 'env') return { id, from: src === '' ? 'ask' : 'env', source: src };
  return { id, from: 'file', source: src };
}

export function secretText({ id, from, source }: SecretValue): string {
  const field = from === 'ask' ? 'type=env' : `${from === 'env' ? 'env' : 'src'}=${source}`;
  return lineOf([`id=${id}`, ...(from !== 'ask' && source === '' ? [] : [field])]);
}

/** The secrets of the request; a variable that only the command sets is a value. */
function secretsOf(values: readonly string[], context: LineContext): readonly BuildSecret[] {
  const { variables } = context;
  return values.flatMap((value): readonly BuildSecret[] => {
    const secret = secretOf(value);
    if (typeof secret === 'string') return [];
    const { id, from, source } = secret;
    const isVariable = from !== 'file' || (source === '' && variables[id] !== undefined);
    if (!isVariable) {
      return [{ id, from: { kind: 'file', path: fullPath(source === '' ? id : source, context) } }];
    }
    return [{ id, from: { kind: 'env', name: source === '' ? id : source } }];
  });
}

/** `default`, `github=~/.ssh/id_ed25519`, `a=socket,key`. */
function sshOf(values: readonly string[], context: LineContext): readonly BuildSsh[] {
  return values.map((value) => {
    const [id, paths] = pairOf(value);
    const named = paths === undefined || paths === '' ? [] : paths.split(',');
    return { id: id === '' ? 'default' : id, paths: named.map((path) => fullPath(path, context)) };
  });
}

export const secretOptions = {
  secret: list({
    label: () => t('Secrets'),
    about: () =>
      t(
        'Available to `RUN --mount=type=secret` only. Never in the image, the log or the saved options.',
      ),
    color: 'path',
    syntax: createSyntax((value) => {
      const secret = secretOf(value);
      return typeof secret === 'string' ? secret : undefined;
    }),
    write: (values, context) => ({ secrets: secretsOf(values, context) }),
    field: { section: 'secrets', control: { kind: 'secrets' } },
  }),
  ssh: list({
    label: () => t('SSH agents and keys'),
    about: () =>
      t(
        'Available to `RUN --mount=type=ssh`. `default` is the agent of this machine; a path is a socket or a private key.',
      ),
    color: 'path',
    syntax: createSyntax((value) => {
      const [id, paths] = pairOf(value);
      return id === '' ? t('{0} has no name before =', value) : pathsTrouble(value, paths);
    }),
    write: (values, context) => ({ ssh: sshOf(values, context) }),
    field: {
      section: 'secrets',
      control: twoColumns(
        [
          { id: 'id', label: () => t('ID'), placeholder: 'default' },
          { id: 'path', label: () => t('Socket or keys'), placeholder: '$SSH_AUTH_SOCK' },
        ],
        { add: () => t('Add agent or key, for example {0}', 'github=~/.ssh/id_ed25519') },
      ),
    },
  }),
};

function pathsTrouble(value: string, paths: string | undefined): string | undefined {
  const isWrong = paths !== undefined && paths !== '' && paths.split(',').includes('');
  return isWrong ? t('{0} has an empty path', value) : undefined;
}
