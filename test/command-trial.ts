/** Runs a command on the fake engine, with prepared answers to its questions. */
import type { Command } from '../client/src/commands/command.ts';
import type { Subjects } from '../client/src/explorer/item.ts';
import type { Editor } from '../client/src/ui/editor.ts';
import type { Tools } from '../client/src/ui/tools.ts';
import { fakeEngine, type FakeEngine, type FakeWorld } from './fake-engine/fake-engine.ts';
import { recordingEditor, toolsFor, type Recording } from './recording-editor.ts';

/** A subject of a command; a string is the name of a container or the tag of an image. */
type Subject = string | Subjects[keyof Subjects];

export interface Trial extends Recording {
  readonly world: FakeEngine;
  readonly tools: Tools;
  /** Texts of the documents that were shown, in order. */
  readonly texts: readonly string[];
  readonly reconnects: () => number;
  run(command: Command, ...subjects: readonly Subject[]): Promise<void>;
  /** Runs a command with the paths of selected files. */
  runOn(command: Command, paths: readonly string[], ...subjects: readonly Subject[]): Promise<void>;
}

/** Answers are used in order, as in the recording editor. */
export function trial(
  world: FakeWorld,
  answers: readonly (string | undefined)[] = [],
  also: { readonly editor?: Partial<Editor>; readonly tools?: Partial<Tools> } = {},
): Trial {
  const texts: string[] = [];
  const recording = recordingEditor(answers, also.editor);
  const editor: Editor = {
    ...recording.editor,
    showDocument: (name, text, language) => {
      texts.push(text);
      return recording.editor.showDocument(name, text, language);
    },
  };
  const fake = fakeEngine(world);
  let reconnects = 0;
  const reconnect = () => Promise.resolve(void (reconnects += 1));
  const tools = toolsFor(fake.engine, editor, { reconnect, ...also.tools });
  const findSubject = async (command: Command, name: string): Promise<Subjects[keyof Subjects]> => {
    if (command.on !== 'image') return fake.container(name);
    const images = await fake.engine.images();
    return { image: images.find(({ tags }) => tags.includes(name))!, tag: name };
  };
  const runOn: Trial['runOn'] = async (command, paths, ...subjects) => {
    const found = await Promise.all(
      subjects.map((one) =>
        typeof one === 'string' ? findSubject(command, one) : Promise.resolve(one),
      ),
    );
    await command.run(found, tools, { paths });
  };
  return {
    ...recording,
    editor,
    world: fake,
    tools,
    texts,
    reconnects: () => reconnects,
    run: (command, ...subjects) => runOn(command, [], ...subjects),
    runOn,
  };
}
