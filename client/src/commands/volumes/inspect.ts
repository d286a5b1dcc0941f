import { command } from '../command.ts';
import { inspectAll } from '../../inspect/documents.ts';

export default command({
  title: 'Inspect Volume',
  shortTitle: 'Inspect',
  icon: 'info',
  on: 'volume',
  group: '1_open',
  run: (volumes, tools) =>
    inspectAll(
      tools,
      volumes.map(({ name }) => ({ id: name, name })),
      { objectType: 'volume', format: 'document' },
    ),
});
