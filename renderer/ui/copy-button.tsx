import { Check, Copy } from 'lucide-react';
import { type ReactNode, useEffect, useState } from 'react';
import { t } from '../strings/index.ts';

/** How long "Copied" is shown, milliseconds. */
const shownMs = 1_500;

/** Puts text on the clipboard; where the clipboard is refused, through a selection. */
export async function copyText(text: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    const area = document.createElement('textarea');
    area.value = text;
    area.style.position = 'fixed';
    area.style.opacity = '0';
    document.body.append(area);
    area.select();
    document.execCommand('copy');
    area.remove();
  }
}

export function CopyButton({ text, label = t.common.copy, showLabel = false, icon }: CopyButtonProps) {
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), shownMs);
    return () => clearTimeout(timer);
  }, [copied]);
  const name = copied ? t.common.copied : label;
  return (
    <button
      type="button"
      className={showLabel ? 'button button-plain button-small' : 'icon-button icon-button-small'}
      aria-label={name}
      title={name}
      onClick={(event) => {
        event.stopPropagation();
        void copyText(typeof text === 'string' ? text : text()).then(() => setCopied(true));
      }}
    >
      {copied ? <Check size={14} aria-hidden /> : (icon ?? <Copy size={14} aria-hidden />)}
      {showLabel && <span className="button-label">{name}</span>}
    </button>
  );
}

interface CopyButtonProps {
  /** A function, where making the text costs something. */
  text: string | (() => string);
  label?: string;
  showLabel?: boolean;
  /** Where two stand next to each other. */
  icon?: ReactNode;
}
