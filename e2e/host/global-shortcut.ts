import { loud } from './loud.ts';

const ours = new Map<string, () => void>();
const taken = new Set<string>();

/** Keys of the whole system, which the driver presses. */
export const globalShortcut = loud('globalShortcut', {
  register(accelerator: string, pressed: () => void): boolean {
    if (taken.has(accelerator) || ours.has(accelerator)) return false;
    ours.set(accelerator, pressed);
    return true;
  },
  unregister: (accelerator: string): void => void ours.delete(accelerator),
  isRegistered: (accelerator: string): boolean => ours.has(accelerator),
});

// What follows is for the host itself.

export const pressKeys = (accelerator: string): void => ours.get(accelerator)?.();
export const takeKeys = (accelerator: string): void => void taken.add(accelerator);
