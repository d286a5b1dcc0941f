import { command } from '../command.ts';
import { inspectAll } from '../../inspect/documents.ts';

export default command({
  title: 'Inspect Network as JSON',
  shortTitle: 'Inspect as JSON',
  icon: 'json',
  on: 'network',
  group: '1_open',
  run: (networks, tools) => inspectAll(tools, networks, { objectType: 'network', format: 'json' }),
});
