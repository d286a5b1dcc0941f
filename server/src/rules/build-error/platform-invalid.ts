/** BuildKit dockerfile2llb/convert.go: "failed to parse platform", "empty platform value from expression". */
import { closestMatch } from '../../text/closest-match.ts';
import { rule, type Problem } from '../../lint/rule.ts';
import { platformArguments } from '../../reference/variables.ts';
import type { Variable, Word } from '../../syntax/tree.ts';
import { dockerfile } from '../../text/dedent.ts';
import { replace } from '../../text/edit.ts';
import { t } from '../../text/translation.ts';
import { expandFromWord } from '../../model/expanded-words.ts';
import { isPlatform } from '../../syntax/platform.ts';

export default rule({
  summary: 'Use a valid `--platform`, such as `linux/amd64`',
  why: '`--platform` takes `os/arch` or `os/arch/variant`. An invalid value fails the build with `failed to parse platform`. An undeclared variable leaves the value empty, which fails with `empty platform value from expression`.',
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
        const platform = expandFromWord(model, value);
        if (platform === undefined || isPlatform(platform)) continue;
        const undeclared = value.variables.find(
          (variable) => variable.operator === undefined && model.resolve(variable) === undefined,
        );
        report(
          undeclared ? undeclaredVariable(value, undeclared) : invalidPlatform(value, platform),
        );
      }
    }
  },
});

function invalidPlatform(value: Word, platform: string): Problem {
  const message =
    platform === ''
      ? t('The platform `{0}` is empty', value.text)
      : t('`{0}` is not a valid platform', platform);
  return { at: value, message, also: [] };
}

/** The value contains an undeclared variable, which is always empty. */
function undeclaredVariable(value: Word, { name, nameSpan }: Variable): Problem {
  const suggestion = closestMatch(
    name,
    platformArguments.map((it) => it.name),
  );
  if (suggestion === undefined) {
    return { at: value, message: t('`{0}` is not declared, so the platform is empty', name) };
  }
  return {
    at: value,
    message: t('`{0}` is not declared; did you mean `{1}`?', name, suggestion),
    fix: {
      title: t('Replace `{0}` with `{1}`', name, suggestion),
      edits: [replace(nameSpan, suggestion)],
      safe: false,
    },
  };
}
