import { command } from '../command.ts';

export default command({
  title: 'Show Log',
  run(_, { editor }) {
    editor.showLog();
    return Promise.resolve();
  },
});
