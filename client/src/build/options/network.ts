/** Network of RUN instructions with the limits of their processes, and named contexts. */
import { t } from '@vscode/l10n';
import { fullPath } from '../../command-line/paths.ts';
import { createSyntax, pair } from '../../command-line/syntax.ts';
import { bytesOf, pairOf } from '../../command-line/values.ts';
import { size } from '../../command-line/syntax.ts';
import type { LineContext } from '../../command-line/words.ts';
import { list, text, twoColumns } from './option.ts';

/** `name:address` of `name=address` or `name:[address]`. */
function hostOf(value: string): string {
  const at = value.search(/[:=]/);
  const address = value.slice(at + 1).replace(/^\[(.*)\]$/, '$1');
  return `${value.slice(0, at)}:${address}`;
}

/** `nofile=1024:2048`; a single limit is both. The last value of a name is used. */
function ulimitsOf(values: readonly string[]): readonly string[] {
  const all = values.map((value) => {
    const [name, limits = ''] = pairOf(value);
    return [name, `${name}=${limits.includes(':') ? limits : `${limits}:${limits}`}`] as const;
  });
  return [...new Map(all).values()];
}

/** A directory is absolute; images, stages and addresses stay as they are. */
function contextsOf(values: readonly string[], context: LineContext) {
  return Object.fromEntries(
    values.map((value) => {
      const [name, place = ''] = pairOf(value);
      const isElsewhere = /^(?:[a-z][a-z+.-]*:\/\/|docker-image:|target:|git@|github\.com\/)/i.test(
        place,
      );
      const layout = /^oci-layout:\/\/(.*)$/.exec(place)?.[1];
      if (layout !== undefined) return [name, `oci-layout://${fullPath(layout, context)}`];
      return [name, isElsewhere ? place : fullPath(place, context)];
    }),
  );
}

const ulimit = createSyntax((value) =>
  /^[a-z]+=-?\d+(?::-?\d+)?$/.test(value)
    ? undefined
    : t('{0} is not valid; use a form such as {1}', value, 'nofile=1024:2048'),
);

export const networkOptions = {
  'build-context': list({
    color: 'path',
    label: () => t('Named contexts'),
    about: () =>
      t('Directories, images or addresses that `COPY --from` and `FROM` can use by name.'),
    syntax: pair,
    write: (values, context) => ({ buildContexts: contextsOf(values, context) }),
    field: {
      section: 'arguments',
      control: twoColumns(
        [
          { id: 'name', label: () => t('Name') },
          { id: 'value', label: () => t('Directory, image or address') },
        ],
        { add: () => t('Add context, for example {0}', 'docs=../docs') },
      ),
    },
  }),
  network: text({
    label: () => t('Network'),
    about: () => t('Network of `RUN` instructions.'),
    write: ([network = '']) => (network === '' ? {} : { network }),
    field: {
      section: 'network',
      control: { kind: 'text', placeholder: 'default', suggestions: ['default', 'none', 'host'] },
    },
  }),
  'add-host': list({
    label: () => t('Hosts'),
    about: () => t('Entries of /etc/hosts for `RUN` instructions.'),
    syntax: createSyntax((value) =>
      /^[^:=]+[:=]./.test(value)
        ? undefined
        : t('{0} is not valid; use a form such as {1}', value, 'db:10.0.0.5'),
    ),
    write: (values) => ({ addHosts: values.map(hostOf) }),
    field: {
      section: 'network',
      control: twoColumns(
        [
          { id: 'name', label: () => t('Host name') },
          { id: 'address', label: () => t('IP address') },
        ],
        {
          add: () => t('Add host, for example {0}', 'db:10.0.0.5'),
          separator: /[:=]/,
          join: ':',
        },
      ),
    },
  }),
  'shm-size': text({
    color: 'number',
    label: () => t('Size of /dev/shm'),
    about: () => t('Shared memory of `RUN` instructions, for example `256m`.'),
    syntax: size,
    write: ([value = '']) => {
      const bytes = bytesOf(value);
      return bytes === undefined ? {} : { shmSize: bytes };
    },
    field: { section: 'network', control: { kind: 'text', placeholder: '64m' } },
  }),
  ulimit: list({
    color: 'number',
    label: () => t('Ulimits'),
    about: () => t('Limits of processes in `RUN` instructions.'),
    syntax: ulimit,
    write: (values) => ({ ulimits: ulimitsOf(values) }),
    field: {
      section: 'network',
      control: twoColumns(
        [
          { id: 'name', label: () => t('Name'), placeholder: 'nofile' },
          { id: 'value', label: () => t('Soft and hard limit'), placeholder: '1024:2048' },
        ],
        { add: () => t('Add limit, for example {0}', 'nofile=1024:2048') },
      ),
    },
  }),
};
