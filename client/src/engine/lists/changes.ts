/** Which events change something in the lists of an engine. */
import type { EngineEvent } from '../engine.ts';

/** Actions that change no list; health checks alone cause two such events every few seconds. */
const ignoredActions =
  /^(?:exec_|attach$|detach$|resize$|top$|archive-path$|extract-to-dir$|copy$|export$|save$|push$|mount$|unmount$)/;

/** Whether something in the lists may have changed with the event. */
export function changesLists({ action }: EngineEvent): boolean {
  return !ignoredActions.test(action);
}
