/** Whether a stage is made for those who use the program. */
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

/** Whether a stage is named for work on the program, not for its users: `dev`, `test-runner`. */
export function isForDevelopment({ name }: Stage): boolean {
  return (
    name !== undefined &&
    /(?:^|[-_.])(?:dev|devel|develop|development|debug|test|tests|testing|ci|local|lint)(?:[-_.]|$)/i.test(name) // prettier-ignore
  );
}

/** In the image that is built by default, neither named for development nor set up for it. */
export function isForProduction(model: Model, { stage, run }: CommandAt): boolean {
  if (stage === undefined || !isShipped(model, stage) || isForDevelopment(stage)) return false;
  const { variables } = model.stateAt(run);
  return !environments.some((name) =>
    /^(?:dev|test|local)/i.test(variables.get(name)?.value ?? ''),
  );
}
