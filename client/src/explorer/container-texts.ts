/** The texts of a container: the columns of its row, and its tooltip. */
import { t } from '@vscode/l10n';
import type { Container } from '../engine/engine.ts';
import {
  formatDateTime,
  formatImageName,
  formatPorts,
  joinDetails,
  joinFirst,
  shortId,
} from '../ui/format.ts';
import { markdownTable } from '../ui/markdown.ts';
import type { ContainerAppearance } from './container-appearance.ts';
import type { Tooltip } from './item.ts';

export type ContainerColumn =
  'state' | 'health' | 'ports' | 'image' | 'uptime' | 'networks' | 'command' | 'created' | 'id';

/** The text of a column; undefined or empty if the container has none. */
export function columnText(
  container: Container,
  column: ContainerColumn,
  appearance: ContainerAppearance,
): string | undefined {
  switch (column) {
    case 'image':
      return formatImageName(container.image);
    case 'ports':
      return joinFirst(formatPorts(container.ports));
    case 'state':
      return appearance.state;
    case 'uptime':
      return appearance.uptime;
    case 'health':
      return appearance.health;
    case 'networks':
      return joinFirst(container.networks);
    case 'command':
      return container.command;
    case 'created':
      return formatDateTime(container.createdAt);
    case 'id':
      return shortId(container.id);
  }
}

/** The tooltip, as Markdown. */
export function tooltipOf(container: Container, appearance: ContainerAppearance): Tooltip {
  const { name, image, command, ports, project, service, networks, createdAt, id } = container;
  const { text, health } = appearance;
  const names = [name, image, command, project, service, id];
  return {
    data: [...names, ports, networks, createdAt, text, health],
    text: () => tooltipText(container, appearance),
  };
}

function tooltipText(container: Container, { text, health }: ContainerAppearance): string {
  return markdownTable(container.name, [
    [t('State'), joinDetails(text, health)],
    [t('Image'), container.image],
    [t('Command'), container.command],
    [t('Ports'), formatPorts(container.ports).join(', ')],
    [t('Compose project'), container.project],
    [t('Service'), container.service],
    [t('Networks'), container.networks.join(', ')],
    [t('Created'), formatDateTime(container.createdAt)],
    [t('ID'), shortId(container.id)],
  ]);
}
