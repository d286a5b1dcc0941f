/** Actions for a stage, shown above it. */
import type { Document } from '../model/document.ts';
import type { Span } from '../text/span.ts';
import { t } from '../text/translation.ts';

export interface Lens {
  readonly span: Span;
  readonly title: string;
  readonly action: 'build' | 'run';
  /** Undefined for the whole file. */
  readonly stage?: string;
}

/** Lenses above each named stage, and above the last stage, which is the default target. */
export function codeLenses({ model }: Document): readonly Lens[] {
  return model.stages.flatMap((stage): readonly Lens[] => {
    const { span } = stage.from.keyword;
    if (stage === model.target)
      return [
        { span, title: t('Build'), action: 'build' },
        { span, title: t('Run'), action: 'run' },
      ];
    if (stage.name === undefined || stage.name.includes('$')) return [];
    return [{ span, title: t('Build this stage'), action: 'build', stage: stage.name }];
  });
}
