/** Processes and changed files of fake containers, and the search on Docker Hub. */
import type { Engine } from '../../client/src/engine/engine.ts';
import type { FakeState } from './state.ts';

/** All methods are async, so that they reject and do not throw. */
/* eslint-disable @typescript-eslint/require-await */

export function fakeInspection(state: FakeState): Pick<Engine, 'top' | 'changes' | 'search'> {
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
    search: async (term) => {
      state.check();
      state.calls.push(`search ${term}`);
      return (state.world.hub ?? []).filter(({ name }) => name.includes(term));
    },
  };
}
