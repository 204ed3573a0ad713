import { Button, type ButtonProps } from './button.tsx';
import { type NeededRight, useWhyNot } from './use-why-not.ts';

/** A button for what not every device may do: where it may not, it is there, tells why, and does nothing. */
export function RightButton({ needs, off, ...rest }: ButtonProps & { needs: NeededRight }) {
  const whyNot = useWhyNot(needs);
  return <Button {...rest} off={whyNot ?? off} />;
}
