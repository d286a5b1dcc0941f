/** Where the result goes, and what is attached to it. */
import { t } from '@vscode/l10n';
import { createSyntax } from '../../command-line/syntax.ts';
import { fieldsOf } from '../../command-line/values.ts';
import { flag, isOn, list, oneColumn, text } from './option.ts';
import { outputsOf, outputSyntax } from './target.ts';

/** `type=provenance,mode=max` as the attribute of the frontend; nothing if it is disabled. */
function attestation(type: string, fields: readonly string[]) {
  const disabled = fields.some((field) => /^disabled=(?:true|1|t)$/i.test(field));
  if (disabled) return {};
  const attributes = fields.filter((field) => field !== '' && !/^disabled=/i.test(field));
  return { frontendAttributes: { [`attest:${type}`]: attributes.join(',') } };
}

/** `--sbom` and `--provenance` take a boolean or attributes. */
function shorthand(type: string, value: string) {
  if (/^(?:1|t|true)$/i.test(value)) return attestation(type, []);
  if (/^(?:0|f|false)$/i.test(value)) return {};
  return attestation(type, fieldsOf(value));
}

export const outputOptions = {
  output: list({
    short: 'o',
    color: 'path',
    label: () => t('Output'),
    about: () =>
      t(
        'Destination of the result, instead of the image store of the engine: a directory, an archive, or a registry.',
      ),
    syntax: outputSyntax,
    write: (values, context) => ({ outputs: outputsOf(values, context) }),
    hasEffect: (values) =>
      values.every((value) => value !== '-' && !/(?:^|,)dest=-(?:,|$)/.test(value)),
    field: {
      section: 'output',
      control: oneColumn(() => t('Add output, for example {0}', 'type=local,dest=./out')),
    },
  }),
  push: flag({
    label: () => t('Push after build'),
    about: () => t('Push all tags to their registries.'),
    write: (values) => ({ push: isOn(values) }),
    field: { section: 'output', control: { kind: 'check' } },
  }),
  load: flag({
    label: () => t('Load into the engine'),
    about: () => t('Store the image in the engine, which is the default without an output.'),
    write: () => ({}),
  }),
  iidfile: text({
    color: 'path',
    label: () => t('Image ID file'),
    about: () => t('File to write the ID of the image to.'),
    field: { section: 'output', control: { kind: 'text', browse: 'save' } },
    hasEffect: () => true,
  }),
  'metadata-file': text({
    color: 'path',
    label: () => t('Metadata file'),
    about: () => t('JSON file to write the digest and the names of the image to.'),
    field: { section: 'output', control: { kind: 'text', browse: 'save' } },
    hasEffect: () => true,
  }),
};

export const attestationOptions = {
  attest: list({
    label: () => t('Attestations'),
    about: () => t('Attestations of the image, for example {0}.', '`type=provenance,mode=max`'),
    syntax: createSyntax((value) =>
      fieldsOf(value).some((field) => /^type=./.test(field))
        ? undefined
        : t('{0} has no type', value),
    ),
    write: (values) => ({
      frontendAttributes: Object.assign(
        {},
        ...values.map((value) => {
          const fields = fieldsOf(value);
          const type = fields.find((field) => field.startsWith('type='))?.slice(5) ?? '';
          const others = fields.filter((field) => !field.startsWith('type='));
          return attestation(type, others).frontendAttributes ?? {};
        }),
      ) as Record<string, string>,
    }),
  }),
  provenance: text({
    label: () => t('Provenance'),
    about: () => t('Provenance attestation: `true`, `false`, or its attributes.'),
    write: ([value = '']) => shorthand('provenance', value),
  }),
  sbom: text({
    label: () => t('SBOM'),
    about: () =>
      t('Attestation with the software in the image: `true`, `false`, or its attributes.'),
    write: ([value = '']) => shorthand('sbom', value),
  }),
};
