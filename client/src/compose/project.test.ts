import { describe, expect, test } from 'vitest';
import { fakeEngine } from '../../../test/fake-engine/fake-engine.ts';
import type { Container } from '../engine/engine.ts';
import {
  containersOfProject,
  projectOfContainers,
  projectOfFiles,
  projectOptions,
} from './project.ts';

const existing =
  (...files: readonly string[]) =>
  (file: string) =>
    Promise.resolve(files.includes(file));

function container(labels: Readonly<Record<string, string>>, more: Partial<Container> = {}) {
  const world = fakeEngine({ containers: [{ name: 'one', state: 'running', labels, ...more }] });
  return world.container('one');
}

describe('a project of files', () => {
  test('leaves the default file and its override for Compose to find', async () => {
    const exists = existing('/w/shop/compose.yaml', '/w/shop/compose.override.yaml');
    for (const files of [
      ['/w/shop/compose.yaml'],
      ['/w/shop/compose.override.yaml', '/w/shop/compose.yaml'],
    ]) {
      const project = await projectOfFiles(files, exists);
      expect(project).toMatchObject({ title: 'shop', folder: '/w/shop', files: [] });
      expect(projectOptions(project)).toEqual([]);
    }
  });

  test('names a file that Compose would not take by itself', async () => {
    const exists = existing('/w/compose.yaml', '/w/docker-compose.yml');
    expect(projectOptions(await projectOfFiles(['/w/docker-compose.yml'], exists))).toEqual([
      ...['--project-directory', '/w'],
      ...['--file', '/w/docker-compose.yml'],
    ]);
  });

  test('puts the base before its override, and both before other files', async () => {
    const files = ['/w/compose.prod.yaml', '/w/compose.override.yaml', '/w/compose.yaml'];
    const project = await projectOfFiles(files, existing(...files));
    expect(project.files).toEqual(files.toReversed());
  });
});

describe('a project of containers', () => {
  const labels = {
    'com.docker.compose.project.working_dir': '/w/shop',
    'com.docker.compose.project.config_files': '/w/shop/a.yaml,/w/shop/b.yaml',
    'com.docker.compose.project.environment_file': '/w/shop/.env.prod',
  };

  test('has the name, files and files of variables of its labels', async () => {
    const exists = existing('/w/shop/a.yaml', '/w/shop/b.yaml', '/w/shop/.env.prod');
    const project = await projectOfContainers([container(labels, { project: 'shop' })], exists);
    expect(project?.missing).toEqual([]);
    expect(projectOptions(project!)).toEqual([
      ...['--project-name', 'shop', '--project-directory', '/w/shop'],
      ...['--file', '/w/shop/a.yaml', '--file', '/w/shop/b.yaml'],
      ...['--env-file', '/w/shop/.env.prod'],
    ]);
  });

  test('reads relative files of version 1, and files with commas', async () => {
    const used = { ...labels, 'com.docker.compose.project.config_files': 'a,b.yaml,c.yaml' };
    const exists = existing('/w/shop/a,b.yaml', '/w/shop/c.yaml');
    const project = await projectOfContainers([container(used, { project: 'shop' })], exists);
    expect(project?.files).toEqual(['/w/shop/a,b.yaml', '/w/shop/c.yaml']);
  });

  test('reports files that are not on this machine', async () => {
    const project = await projectOfContainers(
      [container(labels, { project: 'shop' })],
      existing('/w/shop/a.yaml', '/w/shop/.env.prod'),
    );
    expect(project?.missing).toEqual(['/w/shop/b.yaml']);
  });

  test('reports that the files are not known without labels', async () => {
    const project = await projectOfContainers([container({}, { project: 'shop' })], existing());
    expect(project?.missing).toEqual(['']);
  });

  test('uses the labels of the newest container', async () => {
    const newer = { ...labels, 'com.docker.compose.project.config_files': '/w/shop/new.yaml' };
    const project = await projectOfContainers(
      [
        container(labels, { project: 'shop', createdAt: new Date(1_000) }),
        container(newer, { project: 'shop', createdAt: new Date(2_000) }),
      ],
      existing('/w/shop/new.yaml', '/w/shop/.env.prod'),
    );
    expect(project?.files).toEqual(['/w/shop/new.yaml']);
  });

  test('does not exist for containers without a project', async () => {
    expect(await projectOfContainers([container({})], existing())).toBeUndefined();
  });
});

describe('containers of files', () => {
  const created = (files: string) =>
    container(
      {
        'com.docker.compose.project.working_dir': '/w/shop',
        'com.docker.compose.project.config_files': files,
      },
      { project: 'other-name' },
    );

  test('are those that were created from the default file of the folder', async () => {
    const project = await projectOfFiles(
      ['/w/shop/compose.yaml'],
      existing('/w/shop/compose.yaml'),
    );
    const own = created('/w/shop/compose.yaml,/w/shop/compose.override.yaml');
    expect(containersOfProject([own], project)).toEqual([own]);
    expect(containersOfProject([created('/w/shop/tools.yaml')], project)).toEqual([]);
  });

  test('are those that were created from another file', async () => {
    const project = await projectOfFiles(['/w/shop/tools.yaml'], existing('/w/shop/compose.yaml'));
    const own = created('/w/shop/tools.yaml');
    expect(containersOfProject([own], project)).toEqual([own]);
    expect(containersOfProject([created('/w/shop/compose.yaml')], project)).toEqual([]);
  });
});
