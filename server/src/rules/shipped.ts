import type { Model, Stage } from '../model/model.ts';

/** Whether what a stage leaves behind is in the image that is built by default: the last stage and those below it. */
export function isShipped(model: Model, stage: Stage): boolean {
  for (let shipped = model.target; shipped;) {
    if (shipped === stage) return true;
    shipped = shipped.base && 'from' in shipped.base ? shipped.base : undefined;
  }
  return false;
}
