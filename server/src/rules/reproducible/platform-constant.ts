/** BuildKit FromPlatformFlagConstDisallowed and hadolint DL3029. Not reported where the name of the stage contains the platform. */
import { rule } from '../../lint/rule.ts';
import { dockerfile } from '../../text/dedent.ts';
import { remove } from '../../text/edit.ts';
import { t } from '../../text/translation.ts';

export default rule({
  summary: 'Do not use a constant in `FROM --platform`',
  why: 'With a constant, the image always has this platform: on an ARM machine, it runs slowly or not at all. Use `docker build --platform`, or a variable such as `$BUILDPLATFORM`.\n\nStages whose name contains the platform are not reported.',
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
    for (const { flags, name, image } of model.each('FROM')) {
      for (const { name: flag, value, span } of flags) {
        if (flag.text !== 'platform' || value === undefined || value.variables.length > 0) continue;
        if (value.text === '' || value.text.includes('$')) continue;
        const [system = '', architecture = system] = value.text.split('/');
        const stage = name?.text.toLowerCase() ?? '';
        const isNamedForPlatform =
          stage !== '' && (stage.includes(system) || stage.includes(architecture));
        if (isNamedForPlatform) continue;
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
