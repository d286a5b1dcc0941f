import { command } from '../command.ts';
import { inspectAll } from '../../inspect/documents.ts';

export default command({
  title: 'Inspect Container',
  shortTitle: 'Inspect',
  icon: 'info',
  on: 'container',
  group: '1_open',
  order: 3,
  run: (containers, tools) =>
    inspectAll(tools, containers, { objectType: 'container', format: 'document' }),
});
