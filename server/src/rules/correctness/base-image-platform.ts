/** BuildKit InvalidBaseImagePlatform, limited to images whose name states the platform: the rest needs a registry. */
import { rule } from '../../lint/rule.ts';
import { dockerfile } from '../../text/dedent.ts';
import { remove } from '../../text/edit.ts';
import { t } from '../../text/translation.ts';
import { platformInName, platformOf, type Platform } from '../../images/image-platforms.ts';

export default rule({
  summary: 'Use a `--platform` that the base image supports',
  why: 'An image is built for certain operating systems and architectures, and its name often states which: `nanoserver` is a Windows image, `arm64v8/alpine` is for 64-bit ARM, and Debian is never a Windows image. With another platform, the image cannot be pulled, or its programs do not start.\n\nOnly images whose name states the platform are checked.',
  severity: 'warning',
  fix: 'unsafe',
  since: '0.1.0',
  also: { buildkit: ['InvalidBaseImagePlatform'], tally: ['tally/platform-mismatch'] },
  links: ['https://docs.docker.com/build/building/multi-platform/'],
  on: { instructions: ['FROM'], words: ['platform'] },
  examples: [
    {
      bad: dockerfile`
        FROM --platform=«linux/amd64» mcr.microsoft.com/windows/nanoserver:ltsc2025
      `,
      good: dockerfile`
        FROM mcr.microsoft.com/windows/nanoserver:ltsc2025
      `,
    },
    {
      bad: dockerfile`
        FROM --platform=«linux/amd64» arm64v8/debian:trixie-slim
        USER nobody
      `,
      good: dockerfile`
        FROM arm64v8/debian:trixie-slim
        USER nobody
      `,
    },
  ],
  check({ model, report }) {
    for (const { from, base } of model.stages) {
      const { flags, image: word } = from;
      const flag = flags.find(({ name }) => name.text === 'platform');
      if (flag?.value === undefined || base?.kind !== 'image' || word === undefined) continue;
      const requested = platformOf(model.expand(flag.value)?.text ?? '');
      const actual = requested && platformInName(base);
      if (!requested || !actual || !differ(requested, actual)) continue;
      report({
        at: flag.value,
        message: t('The platform of `{0}` is `{1}`', word.text, platformName(actual)),
        ...(flags.length === 1 && {
          fix: {
            title: t('Remove `{0}`', '--platform'),
            edits: [remove({ start: flag.span.start, end: word.span.start })],
            safe: false,
          },
        }),
      });
    }
  },
});

/** A part that is unknown on either side does not count as a difference. */
function differ(one: Platform, other: Platform): boolean {
  if (one.system !== undefined && other.system !== undefined && one.system !== other.system)
    return true;
  if (one.architecture === undefined || other.architecture === undefined) return false;
  return one.architecture !== other.architecture;
}

function platformName({ system, architecture }: Platform): string {
  return [system, architecture].filter((part) => part !== undefined).join('/');
}
