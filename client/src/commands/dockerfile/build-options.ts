import { command } from '../command.ts';

export default command({
  title: 'Build Image with Options…',
  icon: 'package',
  onFiles: 'resourceScheme =~ /^(file|vscode-remote)$/',
  filesOnly: true,
  titleMenu: { on: ['images'], group: '2_make' },
  trusted: true,
  async run(_, tools, files) {
    const { agreesToBuild, buildWithOptions } = await import('../../build/session.ts');
    const { editor } = tools;
    if (!(await agreesToBuild(editor, files))) return;
    let building: Promise<unknown> | undefined;
    await buildWithOptions(tools, files, (image) => {
      building = image;
    });
    // A failed build is the failure of this command.
    await building;
  },
});
