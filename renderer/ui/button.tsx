import type { ButtonHTMLAttributes, ReactNode, Ref } from 'react';

export interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  variant?: 'primary' | 'plain' | 'quiet' | 'danger' | 'warning';
  size?: 'small' | 'normal' | 'large';
  icon?: ReactNode;
  ref?: Ref<HTMLButtonElement>;
  /** Why it cannot be pressed now, in a sentence; nothing: it can. */
  off?: string | false | null;
}

export function Button({
  variant = 'plain',
  size = 'normal',
  icon,
  off,
  className,
  title,
  disabled,
  children,
  ...rest
}: ButtonProps) {
  return (
    <button
      type="button"
      className={`button button-${variant} button-${size} ${className ?? ''}`}
      disabled={disabled || Boolean(off)}
      title={off || title}
      {...rest}
    >
      {icon}
      {children !== undefined && <span className="button-label">{children}</span>}
    </button>
  );
}

export interface IconButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  label: string;
  /** Why it cannot be pressed now, in a sentence; nothing: it can. */
  off?: string | false | null;
}

/** A button that shows only an icon; its name is for the tooltip and for those who do not see it. */
export function IconButton({ label, off, className, title, disabled, children, ...rest }: IconButtonProps) {
  return (
    <button
      type="button"
      className={`icon-button ${className ?? ''}`}
      aria-label={label}
      title={off || title || label}
      disabled={disabled || Boolean(off)}
      {...rest}
    >
      {children}
    </button>
  );
}
