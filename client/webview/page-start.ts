/** How pages begin: what is shown while they load is replaced, and messages arrive. */
import { element } from './elements.ts';

interface Opened<Message> {
  onMessage(message: Message): void;
}

/** Creates the page when its first message arrives. Messages before are not for it. */
export function startPage<Message extends { readonly kind: string }>(
  post: (
    message:
      { readonly kind: 'ready' } | { readonly kind: 'visibility'; readonly visible: boolean },
  ) => void,
  create: (first: Extract<Message, { kind: 'show' }>) => Opened<Exclude<Message, { kind: 'show' }>>,
): void {
  let page: Opened<Exclude<Message, { kind: 'show' }>> | undefined;
  window.addEventListener('message', ({ data }: MessageEvent<Message>) => {
    if (isFirst(data)) page = create(data);
    else page?.onMessage(data as Exclude<Message, { kind: 'show' }>);
  });
  document.addEventListener('visibilitychange', () =>
    post({ kind: 'visibility', visible: !document.hidden }),
  );
  post({ kind: 'ready' });
}

function isFirst<Message extends { readonly kind: string }>(
  message: Message,
): message is Extract<Message, { kind: 'show' }> {
  return message.kind === 'show';
}

export interface PageParts {
  readonly title: string;
  readonly facts: HTMLElement;
  readonly actions: readonly HTMLElement[];
  /** From top to bottom. */
  readonly below: readonly HTMLElement[];
}

/** Replaces what is shown while a page loads by its title with facts, its buttons, and the parts below. */
export function showPage(root: HTMLElement, { title, facts, actions, below }: PageParts): void {
  const heading = element(
    'div',
    { className: 'grow' },
    element('h1', { textContent: title }),
    facts,
  );
  const acts = element('div', { className: 'acts' }, ...actions);
  root.replaceChildren(element('header', { className: 'head' }, heading, acts), ...below);
  root.className = 'app';
  root.removeAttribute('aria-busy');
  root.removeAttribute('aria-label');
}
