import { command } from '../command.ts';

export default command({
  title: 'Set Engine Address…',
  run: (_, { editor }) => editor.openSettings('engine.host'),
});
