import { useState } from 'react';
import { createRoot } from 'react-dom/client';
import { Dialog } from '../ui/dialog.tsx';
import { Menu } from '../ui/menu.tsx';
import { Popover } from '../ui/popover.tsx';

/** The app's own dialog with its own menu and panel inside, which no page has now. Words are for the test alone. */
function MenusInDialog() {
  const [chosen, setChosen] = useState('nothing');
  return (
    <main>
      <Dialog title="Dialog" onClose={() => setChosen('closed')}>
        {() => (
          <>
            <Menu
              label="Menu"
              trigger="Menu"
              items={['First', 'Second'].map((id) => ({ id, label: id, onSelect: () => setChosen(id) }))}
            />
            <Popover label="Panel" trigger="Panel">
              {(close) => (
                <button
                  type="button"
                  onClick={() => {
                    setChosen('pressed');
                    close();
                  }}
                >
                  Press
                </button>
              )}
            </Popover>
          </>
        )}
      </Dialog>
      <output>{chosen}</output>
    </main>
  );
}

export function mountMenusInDialog(): void {
  createRoot(document.getElementById('root')!).render(<MenusInDialog />);
}
