/** What the user has chosen in the page of a log, and what the next page begins with. */
import { t } from '@vscode/l10n';
import type { Choice as EditorChoice, Editor } from '../ui/editor.ts';
import type { LogChoices } from './page.ts';
import { defaultRange } from './ranges.ts';
import { streamChoices } from './texts.ts';

/** In the state of the workspace. */
const key = 'logs.choices';

/** As in the last page; the search starts empty. */
export function firstChoices(
  editor: Pick<Editor, 'getState' | 'setState'>,
  {
    range = defaultRange,
    timestamps,
  }: { readonly range: string | undefined; readonly timestamps: boolean | undefined },
): LogChoices {
  const [shows = '1', wraps = '0'] = (editor.getState(key) ?? '').split(' ');
  return {
    range,
    levels: '0',
    stream: 'both',
    query: '',
    matchesCase: false,
    isExpression: false,
    hidesOthers: false,
    timestamps: timestamps ?? shows !== '0',
    wraps: wraps === '1',
  };
}

export async function rememberChoices(
  editor: Pick<Editor, 'getState' | 'setState'>,
  { timestamps, wraps }: LogChoices,
): Promise<void> {
  const value = `${timestamps ? '1' : '0'} ${wraps ? '1' : '0'}`;
  if (editor.getState(key) !== value) await editor.setState(key, value);
}

/** Actions that a narrow page has no room for. */
export interface MoreActions {
  readonly save: () => unknown;
  readonly set: (change: Partial<LogChoices>) => unknown;
  readonly readAgain: () => unknown;
}

export function moreActions(
  { wraps, timestamps, stream }: LogChoices,
  { save, set, readAgain }: MoreActions,
): readonly EditorChoice<() => unknown>[] {
  return [
    { label: t('Save Log…'), icon: 'save', value: save },
    { label: wraps ? t('Do Not Wrap Lines') : t('Wrap Lines'), icon: 'word-wrap', value: () => set({ wraps: !wraps }) }, // prettier-ignore
    { label: timestamps ? t('Hide Timestamps') : t('Show Timestamps'), icon: 'history', value: () => set({ timestamps: !timestamps }) }, // prettier-ignore
    ...streamChoices().map(({ value, label }) => ({
      label: t('Show: {0}', label),
      icon: stream === value ? 'check' : 'blank',
      value: () => set({ stream: value }),
    })),
    { label: t('Read Again'), icon: 'refresh', value: readAgain },
  ];
}
