/** BuildKit dockerfile2llb/convert.go: "failed to parse platform", "empty platform value from expression". */
import { nearest } from '../../text/nearest.ts';
import { rule, type Problem } from '../../lint/rule.ts';
import { platformArguments } from '../../reference/variables.ts';
import type { Variable, Word } from '../../syntax/tree.ts';
import { dockerfile } from '../../text/dedent.ts';
import { replace } from '../../text/edit.ts';
import { t } from '../../text/translated.ts';
import { expandedInFrom } from '../../model/expanded-words.ts';
import { isPlatform } from '../../syntax/platform.ts';

export default rule({
  summary: 'Give `--platform` as `os/arch` or `os/arch/variant`',
  why: 'Docker refuses a platform that it can not read, and one that is empty because its variable does not exist.',
  severity: 'error',
  fix: 'unsafe',
  since: '0.1.0',
  also: { buildkit: ['UndefinedArgInFrom'] },
  links: ['https://docs.docker.com/build/building/multi-platform/'],
  on: { instructions: ['FROM'], words: ['platform'] },
  examples: [
    {
      bad: dockerfile`
        FROM --platform=«$BULIDPLATFORM» alpine:3.22
      `,
      good: dockerfile`
        FROM --platform=$BUILDPLATFORM alpine:3.22
      `,
    },
  ],
  check({ model, report }) {
    for (const { flags } of model.each('FROM')) {
      for (const { name, value } of flags) {
        if (name.text !== 'platform' || value === undefined || value.text === '') continue;
        const platform = expandedInFrom(model, value);
        if (platform === undefined || isPlatform(platform)) continue;
        const undeclared = value.variables.find(
          (variable) => variable.operator === undefined && model.resolve(variable) === undefined,
        );
        report(undeclared ? emptyPart(value, undeclared) : wrongPlatform(value, platform));
      }
    }
  },
});

function wrongPlatform(value: Word, platform: string): Problem {
  const message =
    platform === ''
      ? t('The platform `{0}` is empty', value.text)
      : t('`{0}` is no platform', platform);
  return { at: value, message, also: [] };
}

/** A variable that nobody sets. */
function emptyPart(value: Word, { name, nameSpan }: Variable): Problem {
  const meant = nearest(
    name,
    platformArguments.map((it) => it.name),
  );
  if (meant === undefined) {
    return { at: value, message: t('`{0}` is not declared, so the platform is empty', name) };
  }
  return {
    at: value,
    message: t('`{0}` is not declared; did you mean `{1}`?', name, meant),
    fix: { title: t('Write {0}', meant), edits: [replace(nameSpan, meant)], safe: false },
  };
}
