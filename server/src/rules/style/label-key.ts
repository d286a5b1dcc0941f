/** hadolint DL3048, after the guidelines for keys at docs.docker.com. */
import { rule, type Fix, type Problem } from '../../lint/rule.ts';
import type { Model } from '../../model/model.ts';
import type { Instruction, Word } from '../../syntax/tree.ts';
import { dockerfile } from '../../text/dedent.ts';
import { replace } from '../../text/edit.ts';
import { isBareBelow } from '../../model/systems.ts';
import { t } from '../../text/translated.ts';

const reserved = /^(?:com\.docker\.|io\.docker\.|org\.dockerproject\.)/;

export default rule({
  summary: 'Write label keys in lower case, with dots and hyphens',
  why: 'Docker takes any key, tools do not: keys begin with a letter, end with a letter or digit, and have only lower-case letters, digits, dots, hyphens and underscores between them. The prefixes `com.docker.`, `io.docker.` and `org.dockerproject.` are kept for Docker itself.',
  severity: 'hint',
  fix: 'unsafe',
  since: '0.1.0',
  also: { hadolint: ['DL3048'], tally: ['tally/labels/valid-key'] },
  links: ['https://docs.docker.com/engine/manage-resources/labels/#key-format-recommendations'],
  on: { instructions: ['LABEL'] },
  examples: [
    {
      bad: dockerfile`
        FROM alpine:3.22
        LABEL «-maintainer»="images@example.org"
      `,
      good: dockerfile`
        FROM alpine:3.22
        LABEL maintainer="images@example.org"
      `,
    },
  ],
  check({ model, report }) {
    for (const instruction of model.each('LABEL')) {
      for (const { key } of instruction.pairs) {
        const problem =
          key.variables.length > 0 ? unsetIn(model, instruction, key) : problemOf(key);
        if (problem) report(problem);
      }
    }
  },
});

function problemOf(key: Word): Problem | undefined {
  const isReserved = reserved.test(key.text);
  if (key.text === '' || (!isReserved && isWellFormed(key.text))) return undefined;
  const fix = isReserved ? undefined : renamed(key);
  return {
    at: key,
    message: isReserved
      ? t('`{0}` has a prefix that is kept for Docker', key.text)
      : t('`{0}` is no key that all tools take', key.text),
    ...(fix && { fix }),
  };
}

/** A variable that neither the file nor what it is made from sets: `$` is no sign that a key may have. */
function unsetIn(model: Model, label: Instruction, key: Word): Problem | undefined {
  const stage = model.stageOf(label);
  if (stage === undefined || !isBareBelow(stage)) return undefined;
  const unset = key.variables.find(
    (one) => one.operator === undefined && model.resolve(one) === undefined,
  );
  return (
    unset && {
      at: key,
      message: t('`{0}` is not set, so the key is not what is written', unset.name),
    }
  );
}

/** The nearest key that is one; who asks for the label has to be told. */
function renamed({ text, span }: Word): Fix | undefined {
  const wanted = text
    .replace(/([a-z\d])([A-Z])/g, '$1-$2')
    .toLowerCase()
    .replace(/[^a-z\d._/]+/g, '-')
    .replace(/\.{2,}/g, '.')
    .replace(/^[^a-z]+|[^a-z\d]+$/g, '');
  if (!isWellFormed(wanted)) return undefined;
  return { title: t('Write {0}', wanted), edits: [replace(span, wanted)], safe: false };
}

function isWellFormed(key: string): boolean {
  return /^[a-z][a-z0-9._/-]*$/.test(key) && /[a-z0-9]$/.test(key) && !/\.\.|--/.test(key);
}
