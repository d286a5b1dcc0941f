/** BuildKit InvalidBaseImagePlatform, where the image's own name tells what it is made for: a registry knows the rest. */
import { rule } from '../../lint/rule.ts';
import { dockerfile } from '../../text/dedent.ts';
import { remove } from '../../text/edit.ts';
import { t } from '../../text/translated.ts';
import { madeFor, platformOf, type Platform } from '../../images/image-platforms.ts';

export default rule({
  summary: 'Ask for a platform that the base image has',
  why: 'An image is made for some systems and processors, and its name often says for which: `nanoserver` is Windows, `arm64v8/alpine` is for 64-bit ARM, and Debian is no Windows. Asked for another platform, the registry has nothing to give, or gives an image whose programs do not start.',
  severity: 'warning',
  fix: 'unsafe',
  since: '0.1.0',
  also: { buildkit: ['InvalidBaseImagePlatform'], tally: ['tally/platform-mismatch'] },
  links: ['https://docs.docker.com/reference/build-checks/invalid-base-image-platform/'],
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
      const asked = platformOf(model.expand(flag.value)?.text ?? '');
      const made = asked && madeFor(base);
      if (!asked || !made || !differ(asked, made)) continue;
      report({
        at: flag.value,
        message: t('`{0}` is made for {1}', word.text, written(made)),
        ...(flags.length === 1 && {
          fix: {
            title: t('Remove it'),
            edits: [remove({ start: flag.span.start, end: word.span.start })],
            safe: false,
          },
        }),
      });
    }
  },
});

/** What neither of them says is no difference. */
function differ(asked: Platform, made: Platform): boolean {
  if (asked.system !== undefined && made.system !== undefined && asked.system !== made.system)
    return true;
  const { architecture } = asked;
  if (architecture === undefined || made.architecture === undefined) return false;
  return architecture !== made.architecture;
}

function written({ system, architecture }: Platform): string {
  return [system, architecture].filter((part) => part !== undefined).join('/');
}
