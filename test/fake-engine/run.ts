/** Creates, attaches to, updates and commits containers of a fake engine. */
import type { Duplex, Engine } from '../../client/src/engine/engine.ts';
import { EngineError } from '../../client/src/engine/errors.ts';
import type { FakeState } from './state.ts';
import { Queue } from '../../client/src/engine/queue.ts';

type Methods = 'create' | 'attach' | 'update' | 'commit';

/** All methods are async, so that they reject and do not throw. */
/* eslint-disable @typescript-eslint/require-await */

export function fakeRuns(state: FakeState): Pick<Engine, Methods> {
  return {
    create: async ({ name = `fake-${state.newId().slice(-6)}`, body }) => {
      const { HostConfig = {}, NetworkingConfig, ...config } = body;
      const { Image = '', Cmd = [], Labels = {} } = config;
      const image = state.image(Image);
      const existing = [...state.boxes.values()].find(({ container }) => container.name === name);
      if (existing !== undefined) {
        const by = `already in use by container "${existing.container.id}"`;
        throw new EngineError('conflict', `Conflict. The container name "/${name}" is ${by}.`);
      }
      state.calls.push(`create ${name}`);
      const id = state.create({
        name,
        image: Image,
        imageId: image.id,
        state: 'created',
        command: Cmd.join(' '),
        labels: Labels,
        inspect: {
          Config: config,
          HostConfig: { ...HostConfig },
          NetworkSettings: { Networks: NetworkingConfig?.EndpointsConfig ?? {} },
        },
      });
      return { id, warnings: [] };
    },
    attach: async (id) => {
      const box = state.box(id);
      state.calls.push(`attach ${box.container.name}`);
      return attachedStream(state, id);
    },
    update: async (id, limits) => {
      const { inspect } = state.box(id);
      state.calls.push(`update ${id} ${JSON.stringify(limits)}`);
      Object.assign(hostOf(inspect), limits);
    },
    commit: async (id, { reference }) => {
      const { container } = state.box(id);
      state.calls.push(`commit ${container.name} ${reference ?? ''}`.trimEnd());
      const image = state.addImage(reference === undefined ? [] : [reference]);
      state.emit('image', 'tag', image.id);
      return image.id;
    },
  };
}

function hostOf(inspect: object): Record<string, unknown> {
  const held = inspect as { HostConfig?: Record<string, unknown> };
  held.HostConfig ??= {};
  return held.HostConfig;
}

/** A stream with the log output of the container, which ends when the container does. */
function attachedStream(state: FakeState, id: string): Duplex {
  const box = state.box(id);
  const queue = new Queue<Uint8Array>();
  box.readers.add(queue);
  let resolve: (code: number) => void = () => undefined;
  const exit = new Promise<number>((done) => (resolve = done));
  async function* output(): AsyncGenerator<Uint8Array> {
    yield* queue;
    resolve(box.container.exitCode ?? 0);
  }
  return {
    output: output(),
    write: () => undefined,
    end: () => queue.end(),
    resize: async () => undefined,
    close: () => queue.end(),
    exit,
  };
}
