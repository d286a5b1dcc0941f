import { t } from '@vscode/l10n';
import type { Container, Engine, Image } from '../../engine/engine.ts';
import { size } from '../../ui/format.ts';
import type { Subjects } from '../../explorer/item.ts';
import { attempt } from '../../ui/attempt.ts';
import { command } from '../command.ts';
import { imageLabel } from '../../registry/image-reference.ts';
import { listed, named } from '../../ui/name-list.ts';

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
      await editor.warn(plan.blocked.map(blockedSentence).join(' '));
    }
    if (plan.untags.length + plan.deletes.length === 0) return;
    const { question, detail, yes } = wording(plan);
    if (!(await editor.confirm(question, detail, yes))) return;
    await removeAll(engine, plan);
  },
});

interface Plan {
  /** Images that stay under another tag. */
  readonly untags: readonly Reference[];
  /** Images that go, and the stopped containers that were made from them. */
  readonly deletes: readonly {
    readonly references: readonly Reference[];
    readonly users: readonly Container[];
  }[];
  /** What the engine would refuse even by force. */
  readonly blocked: readonly {
    readonly references: readonly Reference[];
    readonly users: readonly Container[];
  }[];
}

/** What would become of each image: whether all of its tags are meant, and who was made from it. */
export function planFor(references: readonly Reference[], containers: readonly Container[]): Plan {
  const byImage = new Map<Image, Reference[]>();
  for (const reference of references) {
    const image = [...byImage.keys()].find(({ id }) => id === reference.image.id);
    if (image === undefined) byImage.set(reference.image, [reference]);
    else byImage.get(image)?.push(reference);
  }
  const untags: Reference[] = [];
  const goes = [...byImage].flatMap(([image, meant]) => {
    const whole = meant.some(({ tag }) => tag === undefined) || meant.length >= image.tags.length;
    if (!whole) untags.push(...meant);
    const users = containers.filter(({ imageId }) => imageId === image.id);
    return whole ? [{ references: meant, users }] : [];
  });
  const runs = ({ users }: { readonly users: readonly Container[] }): boolean =>
    users.some(({ state }) => ['running', 'paused', 'restarting'].includes(state));
  return {
    untags,
    deletes: goes.filter((one) => !runs(one)),
    blocked: goes.filter(runs),
  };
}

function blockedSentence({ references, users }: Plan['blocked'][number]): string {
  const running = users.filter(({ state }) => ['running', 'paused', 'restarting'].includes(state));
  return t(
    '{0} cannot be deleted while {1} runs from it. Remove the container first.',
    listed(references.map(imageLabel)),
    named(running),
  );
}

function wording({ untags, deletes }: Plan): {
  readonly question: string;
  readonly detail: string;
  readonly yes: string;
} {
  const details: string[] = [];
  if (deletes.length > 0) {
    const bytes = deletes.reduce((sum, one) => sum + (one.references[0]?.image.size ?? 0), 0);
    details.push(t('Up to {0} are freed; layers that other images share stay.', size(bytes)));
  }
  const users = deletes.flatMap((one) => one.users);
  if (users.length > 0) {
    details.push(
      users.length === 1
        ? t('The stopped container {0} was made from it.', named(users))
        : t('The stopped containers {0} were made from it.', named(users)),
    );
  }
  for (const reference of untags) {
    const rest = reference.image.tags.filter(
      (tag) => !untags.some((other) => other.tag === tag && other.image.id === reference.image.id),
    );
    details.push(
      t('{0} is only untagged: the image stays as {1}.', imageLabel(reference), listed(rest)),
    );
  }
  const names = listed([...deletes.flatMap((one) => one.references), ...untags].map(imageLabel));
  if (deletes.length === 0) {
    return { question: t('Untag {0}?', names), detail: details.join(' '), yes: t('Untag') };
  }
  return {
    question: t('Delete image {0}?', names),
    detail: details.join(' '),
    yes: users.length > 0 ? t('Delete Anyway') : t('Delete'),
  };
}

async function removeAll(engine: Engine, { untags, deletes }: Plan): Promise<void> {
  const remove = (reference: Reference, force: boolean): Promise<unknown> =>
    attempt(t('{0} was not removed', imageLabel(reference)), () =>
      engine.removeImage(reference.tag ?? reference.image.id, { force }),
    );
  // One after the other: tags of one image would race for the last.
  for (const reference of untags) await remove(reference, false);
  for (const { references, users } of deletes) {
    for (const reference of references) await remove(reference, users.length > 0);
  }
}
