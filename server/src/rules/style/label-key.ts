/** hadolint DL3048, from the guidelines for label keys at docs.docker.com. */
import { rule, type Fix, type Problem } from '../../lint/rule.ts';
import type { Model } from '../../model/model.ts';
import type { Instruction, Word } from '../../syntax/tree.ts';
import { dockerfile } from '../../text/dedent.ts';
import { replace } from '../../text/edit.ts';
import { isOnPlainSystem } from '../../model/plain-systems.ts';
import { t } from '../../text/translation.ts';

const reserved = /^(?:com\.docker\.|io\.docker\.|org\.dockerproject\.)/;

export default rule({
  summary: 'Use lowercase letters, digits, dots and hyphens in label keys',
  why: 'Docker accepts any label key, but its guidelines are stricter, and other tools may rely on them: a key begins with a letter, ends with a letter or digit, contains only lowercase letters, digits, dots and hyphens, and does not repeat dots or hyphens. Underscores and slashes are accepted too. The prefixes `com.docker.`, `io.docker.` and `org.dockerproject.` are reserved for Docker.',
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
          key.variables.length > 0 ? unsetVariable(model, instruction, key) : problemOf(key);
        if (problem) report(problem);
      }
    }
  },
});

function problemOf(key: Word): Problem | undefined {
  const isReserved = reserved.test(key.text);
  if (key.text === '' || (!isReserved && isWellFormed(key.text))) return undefined;
  const fix = isReserved ? undefined : renameKey(key);
  return {
    at: key,
    message: isReserved
      ? t('`{0}` has a prefix that is reserved for Docker', key.text)
      : t('`{0}` is not a valid label key according to the Docker guidelines', key.text),
    ...(fix && { fix }),
  };
}

/** A variable that neither the file nor its base image sets. hadolint reports the `$`, which is not valid in a key. */
function unsetVariable(model: Model, label: Instruction, key: Word): Problem | undefined {
  const stage = model.stageOf(label);
  if (stage === undefined || !isOnPlainSystem(stage)) return undefined;
  const unset = key.variables.find(
    (one) => one.operator === undefined && model.resolve(one) === undefined,
  );
  return (
    unset && {
      at: key,
      message: t('`{0}` is not set, so this label key is incomplete', unset.name),
    }
  );
}

/** Renames to the nearest valid key. Not safe, because tools that read the label have to be changed too. */
function renameKey({ text, span }: Word): Fix | undefined {
  const validKey = text
    .replace(/([a-z\d])([A-Z])/g, '$1-$2')
    .toLowerCase()
    .replace(/[^a-z\d._/]+/g, '-')
    .replace(/\.{2,}/g, '.')
    .replace(/^[^a-z]+|[^a-z\d]+$/g, '');
  if (!isWellFormed(validKey)) return undefined;
  return { title: t('Rename to `{0}`', validKey), edits: [replace(span, validKey)], safe: false };
}

function isWellFormed(key: string): boolean {
  return /^[a-z][a-z0-9._/-]*$/.test(key) && /[a-z0-9]$/.test(key) && !/\.\.|--/.test(key);
}
