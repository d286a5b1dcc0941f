/** Secrets as items of a list. */
import { t } from '@vscode/l10n';
import type { FormItem, FormList } from '../../form/page.ts';
import { secretOf, secretText } from '../options/secrets.ts';
import type { World } from './world.ts';

export function secretColumns(): FormList['columns'] {
  return [
    { id: 'id', label: t('ID'), kind: 'text', width: 1 },
    {
      id: 'from',
      label: t('Read from'),
      kind: 'select',
      width: 0.9,
      options: [
        { value: 'file', label: t('file') },
        { value: 'env', label: t('variable') },
        { value: 'ask', label: t('ask when building') },
      ],
    },
    { id: 'source', label: '', kind: 'text', width: 1.4 },
    { id: 'note', label: '', kind: 'note', width: 0.6 },
  ];
}

/** A value that cannot be read has only the id column. */
export function secretItem(value: string, { facts }: World): FormItem {
  const secret = secretOf(value);
  if (typeof secret === 'string')
    return { cells: { id: value, from: 'file', source: '', note: '' } };
  const { id, from, source } = secret;
  const line = facts?.secrets.find((one) => one.id === id)?.line;
  const note = line === undefined ? '' : t('line {0}', line + 1);
  const placeholder = from === 'ask' ? t('never stored') : from === 'env' ? id : `./${id}`;
  return {
    cells: { id, from, source, note },
    placeholders: { id: t('ID'), source: placeholder },
    ...(from === 'ask' && { fixed: ['source'] }),
  };
}

/** The text of `--secret`; what is not valid stays as it is, so that its problem is shown. */
export function secretOfCells({ id = '', from = 'file', source = '' }: FormItem['cells']): string {
  if (id.includes('=')) return id.trim();
  if (id.trim() === '' && source.trim() === '') return '';
  const kind = from === 'env' || from === 'ask' ? from : 'file';
  return secretText({ id: id.trim(), from: kind, source: kind === 'ask' ? '' : source.trim() });
}
