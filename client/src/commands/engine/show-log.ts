import { command } from '../command.ts';

export default command({
  title: 'Show Output',
  run(_, { editor }) {
    editor.showLog();
    return Promise.resolve();
  },
});
