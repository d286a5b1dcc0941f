/** BuildKit FromPlatformFlagConstDisallowed: fine where the stage's name says so; hadolint DL3029. */
import { rule } from '../../lint/rule.ts';
import { dockerfile } from '../../text/dedent.ts';
import { remove } from '../../text/edit.ts';
import { t } from '../../text/translated.ts';

export default rule({
  summary: 'Build for any platform: no constant in `FROM --platform`',
  why: 'With a constant, the image is of that platform whatever is asked for: on an ARM machine it runs slowly or not at all. `--platform` of the build, or a variable, leaves the choice.',
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
        const named = stage !== '' && (stage.includes(system) || stage.includes(architecture));
        if (named) continue;
        report({
          at: value,
          message: t('The image is `{0}`, whatever platform is built for', value.text),
          ...(image &&
            flags.length === 1 && {
              fix: {
                title: t('Remove it'),
                edits: [remove({ start: span.start, end: image.span.start })],
                safe: false,
              },
            }),
        });
      }
    }
  },
});
