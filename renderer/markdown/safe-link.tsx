import { Image } from 'lucide-react';
import type { ReactNode } from 'react';
import { isOutsideLink } from '../bridge.ts';
import { leave } from '../store/leaving.ts';
import { t } from '../strings/index.ts';
import { useClient } from '../ui/client-context.ts';

/** A link in an agent's words: asks, and opens outside, when it leads to the web or to mail; is plain text otherwise. */
export function SafeLink({ href, children }: { href?: string; children?: ReactNode }) {
  const { bridge } = useClient();
  if (!href || !isOutsideLink(href)) return <span className="link-text">{children}</span>;
  return (
    <a
      href={href}
      target="_blank"
      rel="noopener noreferrer"
      title={href}
      onClick={(event) => {
        event.preventDefault();
        leave(bridge, { url: href, text: event.currentTarget.textContent });
      }}
      // The middle button would open it without a question.
      onAuxClick={(event) => event.preventDefault()}
    >
      {children}
    </a>
  );
}

/** An image in an agent's words is never fetched by itself; it is shown as a link to it. */
export function ImageLink({ src, alt }: { src?: string; alt?: string }) {
  return (
    <SafeLink href={src}>
      <Image size={14} aria-hidden className="inline-icon" /> {t.conversation.image(alt || src || '')}
    </SafeLink>
  );
}
