import { runForEach } from '../../ui/attempt.ts';
import { command } from '../command.ts';
import { pull } from '../../registry/pull.ts';

export default command({
  title: 'Pull Image Again',
  shortTitle: 'Pull Again',
  icon: 'cloud-download',
  on: 'image',
  needs: ['tagged'],
  group: '0_daily',
  order: 3,
  run: (images, tools) =>
    runForEach(
      images.flatMap(({ tag }) => (tag === undefined ? [] : [tag])),
      (tag) => pull(tools, tag),
    ),
});
