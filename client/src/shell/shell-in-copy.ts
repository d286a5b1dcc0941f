/** Attaches a shell to a temporary copy of a stopped container, with the same mounts. */
import { t } from '@vscode/l10n';
import type { Container, Engine } from '../engine/engine.ts';
import { shortId } from '../ui/format.ts';
import type { CreateRequest, MountConfig } from '../engine/container-config.ts';
import type { ContainerDetails, MountPoint } from '../engine/details.ts';
import { attempt } from '../ui/attempt.ts';
import type { Editor } from '../ui/editor.ts';
import { nameOf } from './shells.ts';
import { findShell, openTemporaryShell, terminalBody } from './temporary-shell.ts';

type Original = Pick<Container, 'id' | 'name'>;

/** Asks for confirmation. The image and the container of the copy are removed when the shell exits. */
export async function openShellInCopy(
  original: Original,
  { engine, editor }: { readonly engine: Engine; readonly editor: Editor },
): Promise<void> {
  const { id, name } = original;
  const confirmed = await editor.confirm(
    t('Attach a shell to a copy of {0}?', name),
    [
      t(
        'The container is committed to a temporary image, and a shell runs in a new container from this image.',
      ),
      t(
        'It has the same user, environment variables, network and mounts, but does not publish ports.',
      ),
      t(
        'The image and the new container are removed when the shell exits. Changes to volumes and bind mounts are kept.',
      ),
    ].join(' '),
    t('Attach Shell'),
  );
  if (!confirmed) return;
  await attempt(t('Could not attach a shell to a copy of {0}', name), async () => {
    const shell = await findShell(engine, id);
    const details = await engine.inspect('container', id);
    const image = await editor.withWindowProgress(t('Copying {0}', name), () =>
      engine.commit(id, { pause: false }),
    );
    const copyName = `${name.replace(/[^\w.-]+/g, '-')}-copy-${shortId(image).slice(0, 4)}`;
    await openTemporaryShell(
      { engine, editor },
      {
        image,
        keepsImage: false,
        container: { name: copyName, body: copyBody(details, image, shell) },
        terminal: t('copy of {0}: {1}', name, nameOf(shell)),
        notRemoved: (reason) => t('Could not remove the copy of {0}: {1}', name, reason),
      },
    );
  });
}

/** The create request of the original, without published ports, the restart policy and the health check. */
function copyBody(
  { config, host, mounts }: ContainerDetails,
  image: string,
  shell: string,
): CreateRequest {
  const { User = '', WorkingDir = '', Env = [], Labels } = config;
  // With these labels, Compose would treat the copy as part of its project.
  const compose = Object.keys(Labels ?? {}).filter((key) => key.startsWith('com.docker.compose.'));
  return {
    User,
    WorkingDir,
    Env,
    ...terminalBody(image, shell),
    Labels: Object.fromEntries(compose.map((key) => [key, ''])),
    HostConfig: {
      ...host,
      Binds: [],
      VolumesFrom: [],
      Links: [],
      Mounts: mounts.flatMap(mountOf),
      PortBindings: {},
      PublishAllPorts: false,
      RestartPolicy: { Name: 'no' },
      AutoRemove: false,
    },
  };
}

/** The same volume or bind mount as in the original, including anonymous volumes. */
function mountOf({
  type,
  name,
  source,
  destination,
  readOnly,
}: MountPoint): readonly MountConfig[] {
  const common = { Type: type, Target: destination, ReadOnly: readOnly };
  switch (type) {
    case 'volume':
      return [{ ...common, Source: name }];
    case 'bind':
      return [{ ...common, Source: source }];
    case 'tmpfs':
      return [common];
    default:
      return [];
  }
}
