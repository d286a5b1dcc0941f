/** BuildKit FromPlatformFlagConstDisallowed and hadolint DL3029. Not reported where the name of the stage contains the platform. */
import { rule } from '../../lint/rule.ts';
import { platformInName, platformOf } from '../../images/image-platforms.ts';
import { baseImage } from '../../model/lineage.ts';
import type { Stage } from '../../model/model.ts';
import { dockerfile } from '../../text/dedent.ts';
import { remove } from '../../text/edit.ts';
import { t } from '../../text/translation.ts';

export default rule({
  summary: 'Do not use a constant in `FROM --platform`',
  why: 'With a constant, the image always has this platform: on an ARM machine, it runs slowly or not at all. Use `docker build --platform`, or a variable such as `$BUILDPLATFORM`.\n\nStages whose name contains the platform, and images that exist for one platform only, are not reported.',
  severity: 'info',
  fix: 'unsafe',
  since: '0.1.0',
  also: { hadolint: ['DL3029'], buildkit: ['FromPlatformFlagConstDisallowed'] },
  links: ['https://docs.docker.com/reference/build-checks/from-platform-flag-const-disallowed/'],
  on: { instructions: ['FROM'], words: ['platform'] },
  examples: [
    {
      bad: dockerfile`
        FROM --platform=«linux/amd64» debian:trixie-slim
        USER nobody
      `,
      good: dockerfile`
        FROM debian:trixie-slim
        USER nobody
      `,
    },
  ],
  check({ model, report }) {
    for (const from of model.each('FROM')) {
      const { flags, name, image } = from;
      for (const { name: flag, value, span } of flags) {
        if (flag.text !== 'platform' || value === undefined || value.variables.length > 0) continue;
        if (value.text === '' || value.text.includes('$')) continue;
        const [system = '', architecture = system] = value.text.split('/');
        const stage = name?.text.toLowerCase() ?? '';
        const isNamedForPlatform =
          stage !== '' && (stage.includes(system) || stage.includes(architecture));
        if (isNamedForPlatform || isOnlyFor(model.stageOf(from), architecture)) continue;
        report({
          at: value,
          message: t('This stage is always `{0}`, regardless of the target platform', value.text),
          ...(image &&
            flags.length === 1 && {
              fix: {
                title: t('Remove `{0}`', '--platform'),
                edits: [remove({ start: span.start, end: image.span.start })],
                safe: false,
              },
            }),
        });
      }
    }
  },
});

/** Whether the image of a stage is built for this architecture only, so that the constant states a fact. */
function isOnlyFor(stage: Stage | undefined, architecture: string): boolean {
  const image = stage && baseImage(stage);
  if (image === undefined) return false;
  const suffix = /[-_.](amd64|x86[-_]64|arm64|aarch64)$/.exec(image.tag ?? '')?.[1];
  const only = suffix === undefined ? platformInName(image) : platformOf(suffix);
  if (only?.system === 'windows') return true;
  return only?.architecture !== undefined && only.architecture === platformOf(architecture)?.architecture; // prettier-ignore
}
