import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import type { DesktopView } from '../../../main/protocol/desktop.ts';
import { acceleratorCaps, acceleratorOf, isModifier } from '../../store/accelerator.ts';
import { t } from '../../strings/index.ts';
import { testIds } from '../../test-ids.ts';
import { Button } from '../../ui/button.tsx';

interface SummonKeysProps {
  summon: DesktopView['summon'];
  /** False: they were refused. */
  set: (accelerator: string | null) => Promise<boolean>;
}

/** The keys that bring the app to the front: a person presses the ones they want. */
export function SummonKeys({ summon: { accelerator, works }, set }: SummonKeysProps) {
  const [listening, setListening] = useState(false);
  const [refused, setRefused] = useState<'unfit' | 'own' | null>(null);
  const field = useRef<HTMLButtonElement>(null);
  const begin = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (listening) field.current?.focus();
  }, [listening]);
  const end = (): void => {
    setListening(false);
    setRefused(null);
    // Once it is drawn again.
    requestAnimationFrame(() => begin.current?.focus());
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const alone = !event.ctrlKey && !event.metaKey && !event.altKey;
    // A person who only passes by with the keyboard goes on.
    if (event.key === 'Tab' && alone) return;
    event.preventDefault();
    event.stopPropagation();
    if (event.key === 'Escape' && alone) {
      end();
      return;
    }
    if (event.repeat || isModifier(event)) return;
    const read = acceleratorOf(event.nativeEvent);
    if ('refused' in read) setRefused(read.refused);
    else void set(read.keys).then(end);
  };
  if (listening) {
    return (
      <div className="summon-keys">
        <button
          ref={field}
          type="button"
          className="text-field summon-field"
          data-takes-keys
          data-testid={testIds.summonField}
          onKeyDown={onKeyDown}
          onBlur={() => setListening(false)}
        >
          {t.desktop.pressKeys}
        </button>
        <p className="field-note" role="status">
          {refused === null ? t.desktop.pressKeysNote : t.desktop.refused[refused]}
        </p>
      </div>
    );
  }
  return (
    <div className="summon-keys">
      <div className="summon-row">
        {accelerator === null ? (
          <span className="field-note">{t.desktop.noKeys}</span>
        ) : (
          <span className="key-caps" data-testid={testIds.summonKeys}>
            {acceleratorCaps(accelerator).map((cap) => (
              <kbd key={cap}>{cap}</kbd>
            ))}
          </span>
        )}
        <span className="summon-buttons">
          <Button ref={begin} size="small" data-testid={testIds.summonSet} onClick={() => setListening(true)}>
            {accelerator === null ? t.desktop.setKeys : t.desktop.changeKeys}
          </Button>
          {accelerator !== null && (
            <Button
              size="small"
              variant="quiet"
              data-testid={testIds.summonClear}
              onClick={() => void set(null).then(end)}
            >
              {t.desktop.clearKeys}
            </Button>
          )}
        </span>
      </div>
      {accelerator !== null && !works && (
        <p className="field-error" role="status" data-testid={testIds.summonDead}>
          {t.desktop.keysDead}
        </p>
      )}
    </div>
  );
}
