/** Whether a stage is built for production or for development. */
import type { CommandAt, Model, Stage } from './model.ts';
import { isShipped } from './lineage.ts';

const environments = [
  'RAILS_ENV',
  'RACK_ENV',
  'NODE_ENV',
  'APP_ENV',
  'APP_ENVIRONMENT',
  'SYMFONY_ENV',
];

/** Whether the name of a stage is one for development or tests: `dev`, `test-runner`. */
export function isForDevelopment({ name }: Stage): boolean {
  return (
    name !== undefined &&
    /(?:^|[-_.])(?:dev|devel|develop|development|debug|test|tests|testing|ci|local|lint)(?:[-_.]|$)/i.test(name) // prettier-ignore
  );
}

/**
 * Whether a command is in the image that is built by default, and that image is not for development by name or
 * environment.
 */
export function isForProduction(model: Model, { stage, run }: CommandAt): boolean {
  if (stage === undefined || !isShipped(model, stage) || isForDevelopment(stage)) return false;
  const { variables } = model.stateAt(run);
  return !environments.some((name) =>
    /^(?:dev|test|local)/i.test(variables.get(name)?.value ?? ''),
  );
}
