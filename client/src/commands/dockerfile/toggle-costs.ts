import { command } from '../command.ts';

export default command({
  title: 'Toggle Build Costs in Editor',
  icon: 'eye',
  async run(_, { editor }) {
    await editor.updateSetting('build.showCosts', editor.getSetting('build.showCosts') === false);
  },
});
