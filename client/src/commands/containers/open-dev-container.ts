import { command } from '../command.ts';
import { openInDevContainer } from '../../dev-containers/actions.ts';

export default command({
  title: 'Open in Dev Container',
  icon: 'vm',
  onFiles: 'resourceScheme == file && resourceFilename =~ /^\\.?devcontainer(\\.json)?$/',
  onlyWhen: 'drydock.devContainers',
  trusted: true,
  run: (_, tools, { paths }) => openInDevContainer(tools, paths),
});
