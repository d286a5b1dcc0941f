import { command } from '../command.ts';

export default command({
  title: 'Toggle Dangling Images',
  titleMenu: { on: ['images'], group: '1_look' },
  run: (_, { editor }) =>
    editor.updateSetting('images.showDangling', editor.getSetting('images.showDangling') === false),
});
