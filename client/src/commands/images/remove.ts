import { t } from '@vscode/l10n';
import type { Container, Engine, Image } from '../../engine/engine.ts';
import { formatSize } from '../../ui/format.ts';
import type { Subjects } from '../../explorer/item.ts';
import { attempt } from '../../ui/attempt.ts';
import { command } from '../command.ts';
import { imageLabel } from '../../registry/image-reference.ts';
import { formatNames, formatNamesOf } from '../../ui/name-list.ts';

type Reference = Subjects['image'];

export default command({
  title: 'Remove Image…',
  shortTitle: 'Remove…',
  icon: 'trash',
  on: 'image',
  group: '5_remove',
  groups: true,
  async run(references, { engine: connected, editor }) {
    const engine = await connected();
    const plan = planFor(references, await engine.containers());
    if (plan.blocked.length > 0) {
      await editor.showWarning(plan.blocked.map(refusalText).join(' '));
    }
    if (plan.untags.length + plan.deletes.length === 0) return;
    const { question, detail, button } = confirmationFor(plan);
    if (!(await editor.confirm(question, detail, button))) return;
    await removeAll(engine, plan);
  },
});

interface Plan {
  /** Tags of images that have other tags and are therefore kept. */
  readonly untags: readonly Reference[];
  /** Images to remove, and the stopped containers that use them. */
  readonly deletes: readonly {
    readonly references: readonly Reference[];
    readonly users: readonly Container[];
  }[];
  /** Images that the engine would not remove even with force. */
  readonly blocked: readonly {
    readonly references: readonly Reference[];
    readonly users: readonly Container[];
  }[];
}

/** Determines for each image whether all of its tags are removed, and which containers use it. */
export function planFor(references: readonly Reference[], containers: readonly Container[]): Plan {
  const byImage = new Map<Image, Reference[]>();
  for (const reference of references) {
    const image = [...byImage.keys()].find(({ id }) => id === reference.image.id);
    if (image === undefined) byImage.set(reference.image, [reference]);
    else byImage.get(image)?.push(reference);
  }
  const untags: Reference[] = [];
  const removals = [...byImage].flatMap(([image, selected]) => {
    const allTags =
      selected.some(({ tag }) => tag === undefined) || selected.length >= image.tags.length;
    if (!allTags) untags.push(...selected);
    const users = containers.filter(({ imageId }) => imageId === image.id);
    return allTags ? [{ references: selected, users }] : [];
  });
  const isRunning = ({ users }: { readonly users: readonly Container[] }): boolean =>
    users.some(({ state }) => ['running', 'paused', 'restarting'].includes(state));
  return {
    untags,
    deletes: removals.filter((one) => !isRunning(one)),
    blocked: removals.filter(isRunning),
  };
}

function refusalText({ references, users }: Plan['blocked'][number]): string {
  const running = users.filter(({ state }) => ['running', 'paused', 'restarting'].includes(state));
  const names = formatNames(references.map(imageLabel));
  const containers = formatNamesOf(running);
  return running.length === 1
    ? t(
        'Could not remove {0}: container {1} uses it. Remove the container first.',
        names,
        containers,
      )
    : t(
        'Could not remove {0}: containers {1} use it. Remove the containers first.',
        names,
        containers,
      );
}

function confirmationFor({ untags, deletes }: Plan): {
  readonly question: string;
  readonly detail: string;
  readonly button: string;
} {
  const details: string[] = [];
  if (deletes.length > 0) {
    const bytes = deletes.reduce((sum, one) => sum + (one.references[0]?.image.size ?? 0), 0);
    details.push(
      t('This frees up to {0}. Layers shared with other images are kept.', formatSize(bytes)),
    );
  }
  const users = deletes.flatMap((one) => one.users);
  if (users.length > 0) {
    details.push(
      users.length === 1
        ? t('Used by the stopped container {0}.', formatNamesOf(users))
        : t('Used by the stopped containers {0}.', formatNamesOf(users)),
    );
  }
  for (const reference of untags) {
    const rest = reference.image.tags.filter(
      (tag) => !untags.some((other) => other.tag === tag && other.image.id === reference.image.id),
    );
    details.push(
      t(
        '{0} is only untagged. The image is kept as {1}.',
        imageLabel(reference),
        formatNames(rest),
      ),
    );
  }
  const labels = [...deletes.flatMap((one) => one.references), ...untags].map(imageLabel);
  const names = formatNames(labels);
  if (deletes.length === 0) {
    return { question: t('Untag {0}?', names), detail: details.join(' '), button: t('Untag') };
  }
  return {
    question:
      labels.length === 1
        ? t('Remove image {0}?', names)
        : t('Remove {0} images: {1}?', labels.length, names),
    detail: details.join(' '),
    button: users.length > 0 ? t('Force Remove') : t('Remove'),
  };
}

async function removeAll(engine: Engine, { untags, deletes }: Plan): Promise<void> {
  const remove = (reference: Reference, force: boolean): Promise<unknown> =>
    attempt(t('Could not remove {0}', imageLabel(reference)), () =>
      engine.removeImage(reference.tag ?? reference.image.id, { force }),
    );
  // Sequentially: removing several tags of an image in parallel could fail on the last one.
  for (const reference of untags) await remove(reference, false);
  for (const { references, users } of deletes) {
    for (const reference of references) await remove(reference, users.length > 0);
  }
}
