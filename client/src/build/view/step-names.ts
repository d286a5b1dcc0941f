/** What the names of steps say, which builders form from the Dockerfile. */
import { t } from '@vscode/l10n';

export interface StageStep {
  /** `linux/arm64`, if the build has several platforms. */
  readonly platform?: string;
  /** The name of the stage or `stage-1`; absent in a file with one stage. */
  readonly stage?: string;
  /** The position among the steps of the stage, from 1. */
  readonly number: number;
  /** The instruction, with expanded variables. */
  readonly text: string;
}

/** `[linux/arm64 build 2/5] RUN npm ci`; undefined for steps that belong to no stage. */
export function parseStageStep(name: string): StageStep | undefined {
  const found = /^\[(?:(\w+\/[\w/.-]+) )?(?:(\S+) )?(\d+)\/\d+\] (.*)$/s.exec(name);
  if (found === null) return undefined;
  const [, platform, stage, number, text = ''] = found;
  return {
    ...(platform !== undefined && { platform }),
    ...(stage !== undefined && { stage }),
    number: Number(number),
    text,
  };
}

/** Whether the step writes the result of the build. */
export function isExport(name: string): boolean {
  return /^(?:exporting|writing image|naming to|pushing|unpacking|sending tarball)\b/.test(name);
}

/** A title for a step that belongs to no instruction. */
export function internalTitle(name: string): string {
  const internal = /^\[internal\] (.*)$/s.exec(name)?.[1] ?? name;
  if (/^load (?:build definition|remote build context)/.test(internal)) {
    return internal.startsWith('load build')
      ? t('Load build definition')
      : t('Load remote build context');
  }
  if (/^(?:load build context|sending|transferring context|copy \/context)/i.test(internal))
    return t('Transfer build context');
  const [, ignored] = /^load (\S*\.dockerignore)/.exec(internal) ?? [];
  if (ignored !== undefined) return t('Load {0}', ignored);
  const [, image] = /^load metadata for (\S+)/.exec(internal) ?? [];
  if (image !== undefined) return t('Load metadata of {0}', shortImage(image));
  const [, config] = /^resolve image config for (?:docker-image:\/\/)?(\S+)/.exec(internal) ?? [];
  if (config !== undefined) return t('Resolve {0}', shortImage(config));
  if (internal.startsWith('exporting to ')) return t('Export image');
  if (internal.startsWith('exporting cache')) return t('Export cache');
  return internal;
}

/** The name as people write it: without the default registry. */
export function shortImage(reference: string): string {
  return reference.replace(/^docker\.io\/(?:library\/)?/, '').replace(/@sha256:.*$/, '');
}
