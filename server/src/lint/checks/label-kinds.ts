/** The labels that a project requires, with the type of their values, as in hadolint's `label-schema`. */
import { choices } from '../../../../contract/schema.ts';

export const labelKinds = ['text', 'rawtext', 'url', 'rfc3339', 'spdx', 'hash', 'semver', 'email'] as const; // prettier-ignore
export type LabelKind = (typeof labelKinds)[number];

export const labelSchema = choices(
  labelKinds,
  'The labels of the project with the type of their values: `text`, `url`, `rfc3339`, `spdx`, `hash`, `semver` or `email`.',
);
