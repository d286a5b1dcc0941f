/** Loads what is needed only when an ignore file is open. */
import type * as Service from '../features/ignore/service.ts';
import { translations } from '../text/translation.ts';

export type IgnoreService = typeof Service;

let loading: Promise<IgnoreService> | undefined;

export function ignoreService(): Promise<IgnoreService> {
  return (loading ??= load());
}

async function load(): Promise<IgnoreService> {
  const service = await import('../features/ignore/service.ts');
  service.setTranslations(translations());
  return service;
}
