/** BuildKit InvalidDefaultArgInFrom: with the defaults alone, FROM has no valid image. */
import { rule } from '../../lint/rule.ts';
import { unknownImage } from '../../lint/parts.ts';
import { parseImage } from '../../images/image.ts';
import type { Model } from '../../model/model.ts';
import { expandWithValues, type Lookup, type Value } from '../../model/values.ts';
import { dockerfile } from '../../text/dedent.ts';
import { t } from '../../text/translation.ts';

export default rule({
  summary: 'Set a default for each `ARG` used in `FROM`',
  why: 'Without `--build-arg`, the image name in `FROM` is empty or invalid, and the build fails. With a default, `docker build .` works, and editors know the base image.\n\nIgnore this rule if every build passes the argument.',
  severity: 'info',
  since: '0.1.0',
  also: { buildkit: ['InvalidDefaultArgInFrom'] },
  links: ['https://docs.docker.com/reference/build-checks/invalid-default-arg-in-from/'],
  // Where the model knows the image, the defaults are valid.
  on: { parts: unknownImage },
  examples: [
    {
      bad: dockerfile`
        ARG VERSION
        FROM «example.org/base:\${VERSION}»
      `,
      good: dockerfile`
        ARG VERSION=1.4
        FROM example.org/base:\${VERSION}
      `,
    },
  ],
  check({ model, report }) {
    let lookup: Lookup | undefined;
    for (const { image: word } of model.each('FROM')) {
      if (word === undefined || word.variables.length === 0) continue;
      lookup ??= defaults(model);
      const made = expandWithValues(word, model.source.escape, lookup);
      if (made === undefined || made.trouble) continue;
      const { text } = made;
      if (parseImage(text) !== undefined || model.stageNamed(text) !== undefined) continue;
      report({
        at: word,
        // An argument without a default that is the whole image is meant to be passed with each build.
        ...(text === '' && /^\$(?:\w+|\{\w+\})$/.test(word.text) && { severity: 'hint' }),
        message:
          text === ''
            ? t('Without `--build-arg`, `{0}` is empty', word.text)
            : t(
                'Without `--build-arg`, `{0}` is `{1}`, which is not a valid image',
                word.text,
                text,
              ),
      });
    }
  },
});

/** The values of the arguments before the first FROM if the build passes none. */
function defaults(model: Model): Lookup {
  const values = new Map<string, Value>();
  const lookup = (name: string): Value => values.get(name) ?? platformValue(name);
  for (const arg of model.each('ARG')) {
    if (model.stageOf(arg) !== undefined) break;
    for (const { key, value } of arg.pairs) {
      if (value === undefined) continue;
      const made = expandWithValues(value, model.source.escape, lookup);
      values.set(key.text, made === undefined ? 'unknown' : { value: made.text });
    }
  }
  return lookup;
}

function platformValue(name: string): Value {
  const isPlatform = /^(?:TARGET|BUILD)(?:PLATFORM|OS|ARCH|VARIANT)$/.test(name);
  return isPlatform ? { value: 'linux' } : 'unset';
}
