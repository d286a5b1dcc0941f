import { t } from '../text/translation.ts';

/** Formats a date such as `2024-10-07` in the current language. */
export function formatDay(iso: string): string {
  const [year = '', month = '', date = ''] = iso.split('-');
  const number = String(Number(date));
  const months = [
    () => t('{0} January {1}', number, year),
    () => t('{0} February {1}', number, year),
    () => t('{0} March {1}', number, year),
    () => t('{0} April {1}', number, year),
    () => t('{0} May {1}', number, year),
    () => t('{0} June {1}', number, year),
    () => t('{0} July {1}', number, year),
    () => t('{0} August {1}', number, year),
    () => t('{0} September {1}', number, year),
    () => t('{0} October {1}', number, year),
    () => t('{0} November {1}', number, year),
    () => t('{0} December {1}', number, year),
  ];
  return months[Number(month) - 1]?.() ?? iso;
}
