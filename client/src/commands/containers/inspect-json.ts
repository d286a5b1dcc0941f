import { command } from '../command.ts';
import { inspectAll } from '../../inspect/documents.ts';

export default command({
  title: 'Inspect Container as JSON',
  shortTitle: 'Inspect as JSON',
  icon: 'json',
  on: 'container',
  group: '1_open',
  order: 12,
  run: (containers, tools) =>
    inspectAll(tools, containers, { objectType: 'container', format: 'json' }),
});
