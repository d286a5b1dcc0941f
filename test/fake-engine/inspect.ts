/** What a fake engine tells of the inside of a container, and of Docker Hub. */
import type { Engine } from '../../client/src/engine/engine.ts';
import type { FakeState } from './state.ts';

/** Every method rejects, none throws: hence all are async. */
/* eslint-disable @typescript-eslint/require-await */

export function fakeLooks(state: FakeState): Pick<Engine, 'top' | 'changes' | 'search'> {
  return {
    top: async (id) => {
      const { container } = state.running(id);
      const titles = ['UID', 'PID', 'CMD'];
      return { titles, processes: [['root', '4242', container.command]] };
    },
    changes: async (id) => {
      const { changes, files } = state.box(id);
      return [...changes, ...files.unpacked.map((path) => ({ kind: 'added' as const, path }))];
    },
    search: async (words) => {
      state.check();
      state.calls.push(`search ${words}`);
      return (state.world.hub ?? []).filter(({ name }) => name.includes(words));
    },
  };
}
