import { useEffect, useState } from 'react';
import { t } from '../../strings/index.ts';
import { testIds } from '../../test-ids.ts';
import { Button } from '../../ui/button.tsx';
import { Fold } from '../../ui/fold.tsx';

interface LicencesFile {
  packages: { name: string; version: string; licence: string; homepage: string; text: number }[];
  texts: string[];
}

/** The packages this app is made of. The list is fetched when somebody wants to see it, and a text is shown when its package is opened. */
export function Licences() {
  const [state, setState] = useState<'closed' | 'loading' | 'failed' | LicencesFile>('closed');
  const words = t.licences;
  useEffect(() => {
    if (state !== 'loading') return;
    let left = false;
    fetch('licences.json')
      .then(async (answer) => {
        if (!answer.ok) throw new Error(String(answer.status));
        const file = (await answer.json()) as LicencesFile;
        if (!left) setState(file);
      })
      .catch(() => !left && setState('failed'));
    return () => {
      left = true;
    };
  }, [state]);
  return (
    <section className="card" aria-labelledby="licences-title" data-testid={testIds.licences}>
      <h2 id="licences-title">{words.title}</h2>
      {typeof state === 'string' ? (
        <>
          {state === 'failed' && (
            <p className="field-error" role="alert">
              {words.failed}
            </p>
          )}
          <Button aria-disabled={state === 'loading' || undefined} onClick={() => setState('loading')}>
            {state === 'loading' ? t.common.loading : state === 'failed' ? t.common.tryAgain : words.show}
          </Button>
        </>
      ) : (
        <Packages file={state} />
      )}
    </section>
  );
}

function Packages({ file }: { file: LicencesFile }) {
  const [text, setText] = useState('');
  const words = t.licences;
  const found = file.packages.filter(({ name }) => name.includes(text.trim().toLowerCase()));
  return (
    <>
      <p className="field-note">{words.note(file.packages.length)}</p>
      <input
        className="text-field"
        type="search"
        aria-label={words.search}
        placeholder={words.search}
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      {found.length === 0 && <p className="field-note">{words.none}</p>}
      <ul className="licence-list" data-testid={testIds.licenceList}>
        {found.map((one) => (
          <li key={`${one.name} ${one.version}`}>
            <Fold
              summary={
                <>
                  <span className="licence-name" dir="ltr">
                    {one.name} {one.version}
                  </span>
                  <span className="field-note">{one.licence}</span>
                </>
              }
            >
              {() => (
                <section aria-label={words.text(one.name)}>
                  <pre className="mono-box">{file.texts[one.text]}</pre>
                </section>
              )}
            </Fold>
          </li>
        ))}
      </ul>
    </>
  );
}
