/** The question before the container that is run again is replaced. */
import { t } from '@vscode/l10n';
import { emptyVolumes, withVolumes, type AnonymousVolume } from './anonymous-volumes.ts';
import type { RunSpec } from './spec.ts';
import type { Container } from '../engine/engine.ts';
import type { Editor } from '../ui/editor.ts';

/** The container that is run again. */
export interface ReplacedContainer {
  readonly container: Container;
  readonly anonymous: readonly AnonymousVolume[];
}

/** Asks before a container of the same name is replaced. Returns undefined if the user cancels. */
export async function confirmReplace(
  spec: RunSpec,
  replaced: ReplacedContainer | undefined,
  editor: Editor,
): Promise<{ readonly spec: RunSpec; readonly replaces?: Container } | undefined> {
  const old = replaced?.container;
  if (old === undefined || spec.texts.name !== old.name) return { spec };
  const empty = emptyVolumes(replaced?.anonymous ?? [], spec);
  const [keep, replace] = [t('Replace and Keep Data'), t('Replace')];
  const pressed = await editor.chooseButton(
    t('Replace container {0}?', old.name),
    [
      t('The old container is removed once the new one is running.'),
      t('Files written to its own file system are lost; volumes and bind mounts are kept.'),
      ...(empty.length === 0
        ? []
        : [
            t(
              'The new container gets empty volumes at {0} unless it keeps the anonymous volumes of the old one.',
              empty.map(({ path }) => path).join(', '),
            ),
          ]),
    ].join(' '),
    ...(empty.length === 0 ? [replace] : [keep, replace]),
  );
  if (pressed === keep) return { spec: withVolumes(spec, empty), replaces: old };
  return pressed === replace ? { spec, replaces: old } : undefined;
}
