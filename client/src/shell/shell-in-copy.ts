/** A shell beside a container that does not run: in a throwaway copy of it, with what is mounted in it. */
import { t } from '@vscode/l10n';
import type { Container, Engine } from '../engine/engine.ts';
import { EngineError, isEngineError } from '../engine/errors.ts';
import { shortId } from '../ui/format.ts';
import type { RawContainerDetails } from '../engine/inspect-data.ts';
import { attempt } from '../ui/attempt.ts';
import type { Editor } from '../ui/editor.ts';

type Original = Pick<Container, 'id' | 'name'>;

/** Asks first; image and container of the copy go when its shell ends. */
export async function openShellInCopy(
  original: Original,
  { engine, editor }: { readonly engine: Engine; readonly editor: Editor },
): Promise<void> {
  const { id, name } = original;
  const agreed = await editor.confirm(
    t('Open a shell in a copy of {0}?', name),
    t(
      'An image is made of its files, and a container of that image runs a shell in place of the command: same user, variables, network and mounts, no ports. Both are removed when the shell ends. What is written in volumes and mounted folders stays.',
    ),
    t('Open Shell'),
  );
  if (!agreed) return;
  await attempt(t('No shell in a copy of {0}', name), async () => {
    const shell = await shellFile(engine, id);
    const details = (await engine.inspect('container', id)) as RawContainerDetails;
    const image = await editor.meanwhile(t('Copying {0}', name), () =>
      engine.commit(id, { pause: false }),
    );
    const made: Made = { engine, image };
    try {
      const called = `${name.replace(/[^\w.-]+/g, '-')}-copy-${shortId(image).slice(0, 4)}`;
      const body = copyBody(details, image, shell);
      made.container = (await engine.create({ name: called, body })).id;
      const stream = await engine.attach(made.container, { tty: true });
      await engine.start(made.container);
      const sweep = (): Promise<void> => swept(made, original, editor);
      void stream.exit.then(sweep, sweep);
      editor.terminal(t('copy of {0}: {1}', name, shell.split('/').at(-1) ?? ''), stream);
    } catch (error) {
      await swept(made, original, editor);
      throw error;
    }
  });
}

interface Made {
  readonly engine: Engine;
  readonly image: string;
  container?: string;
}

/** The container before its image, which would stay as long as it. */
async function swept({ engine, image, container }: Made, { name }: Original, editor: Editor) {
  try {
    if (container !== undefined) await engine.remove(container, { force: true, volumes: true });
    await engine.removeImage(image, { force: true });
  } catch (error) {
    const fact = error instanceof Error ? error.message : String(error);
    await editor.warn(t('The copy of {0} was not removed: {1}', name, fact));
  }
}

const shells = ['/bin/bash', '/usr/bin/bash', '/bin/ash', '/bin/sh', '/busybox/sh'];

/** Found among its files, as nothing in it runs; rejects where there is none. */
async function shellFile(engine: Engine, id: string): Promise<string> {
  for (const file of shells) {
    try {
      await engine.stat(id, file);
      return file;
    } catch (error) {
      if (!isEngineError(error) || error.kind !== 'missing') throw error;
    }
  }
  throw new EngineError('failed', t('its image has no shell (distroless or FROM scratch)'));
}

/** All that made the original, but for what would be in its way or start it anew. */
function copyBody(
  { Config = {}, HostConfig = {}, Mounts }: RawContainerDetails,
  image: string,
  shell: string,
): object {
  const { User, WorkingDir, Env, Labels } = Config;
  // Compose would take it for one of its own.
  const compose = Object.keys(Labels ?? {}).filter((key) => key.startsWith('com.docker.compose.'));
  return {
    User,
    WorkingDir,
    Env,
    Image: image,
    Entrypoint: [shell],
    Cmd: [],
    Labels: Object.fromEntries(compose.map((key) => [key, ''])),
    Healthcheck: { Test: ['NONE'] },
    Tty: true,
    OpenStdin: true,
    StdinOnce: true,
    AttachStdin: true,
    AttachStdout: true,
    AttachStderr: true,
    HostConfig: {
      ...HostConfig,
      Binds: [],
      VolumesFrom: [],
      Links: [],
      Mounts: (Mounts ?? []).flatMap(mountOf),
      PortBindings: {},
      PublishAllPorts: false,
      RestartPolicy: { Name: 'no' },
      AutoRemove: false,
      ContainerIDFile: '',
    },
  };
}

type Mount = NonNullable<RawContainerDetails['Mounts']>[number];

/** The very volume, also where nobody named it: it is there already, and stays. */
function mountOf({ Type, Name, Source, Destination, RW }: Mount): readonly object[] {
  const common = { Type, Target: Destination, ReadOnly: RW === false };
  switch (Type) {
    case 'volume':
      return [{ ...common, Source: Name }];
    case 'bind':
      return [{ ...common, Source }];
    case 'tmpfs':
      return [common];
    default:
      return [];
  }
}
