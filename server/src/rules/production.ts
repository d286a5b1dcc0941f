/** Whether a stage is made for those who use the program. */
import type { CommandAt, Model } from '../model/model.ts';
import { isForDevelopment } from './bases.ts';
import { isShipped } from './shipped.ts';

const environments = [
  'RAILS_ENV',
  'RACK_ENV',
  'NODE_ENV',
  'APP_ENV',
  'APP_ENVIRONMENT',
  'SYMFONY_ENV',
];

/** In the image that is built by default, neither named for development nor set up for it. */
export function isForProduction(model: Model, { stage, run }: CommandAt): boolean {
  if (stage === undefined || !isShipped(model, stage) || isForDevelopment(stage)) return false;
  const { variables } = model.stateAt(run);
  return !environments.some((name) =>
    /^(?:dev|test|local)/i.test(variables.get(name)?.value ?? ''),
  );
}
