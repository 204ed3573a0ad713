import { Image } from 'lucide-react';
import { createContext, type ReactNode, use } from 'react';
import { isOutsideLink } from '../bridge.ts';
import { leave } from '../store/leaving.ts';
import { picturePath } from '../store/local-pictures.ts';
import { t } from '../strings/index.ts';
import { useClient } from '../ui/client-context.ts';
import { LocalImage } from './local-image.tsx';
import { PicturePlace } from './picture-place.ts';

/** In a link nothing else can be clicked: a picture there is told by its words. */
const InLink = createContext(false);

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
      <InLink value>{children}</InLink>
    </a>
  );
}

/**
 * An image in an agent's words. One of the session's folder is shown; one from elsewhere is never fetched by itself, because that would tell its host
 * who reads, and stands as a link to it.
 */
export function ImageLink({ src, alt }: { src?: string; alt?: string }) {
  const session = use(PicturePlace);
  const inLink = use(InLink);
  const path = session === null || inLink || !src ? null : picturePath(src);
  if (session !== null && path !== null) return <LocalImage sessionId={session} path={path} alt={alt ?? ''} />;
  const words = (
    <>
      <Image size={14} aria-hidden className="inline-icon" /> {t.conversation.image(alt || src || '')}
    </>
  );
  return inLink ? <span className="link-text">{words}</span> : <SafeLink href={src}>{words}</SafeLink>;
}
