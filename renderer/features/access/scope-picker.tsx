import type { Scope } from '../../../main/protocol/queries.ts';
import { holds } from '../../store/holds.ts';
import { t } from '../../strings/index.ts';
import { testIds } from '../../test-ids.ts';
import { useConnection } from '../../ui/client-context.ts';
import { offeredScopes, scopeGroups } from './scope-groups.ts';

type Group = keyof typeof scopeGroups;

interface ScopePickerProps {
  chosen: readonly Scope[];
  onChange: (scopes: readonly Scope[]) => void;
}

/** The rights as sentences, grouped by what they are about. Nobody hands out more than they hold: the rest cannot be chosen. */
export function ScopePicker({ chosen, onChange }: ScopePickerProps) {
  const own = useConnection((view) => view.welcome?.scopes ?? noScopes);
  const everything = chosen.includes('admin');
  const toggle = (scope: Scope): void =>
    onChange(chosen.includes(scope) ? chosen.filter((one) => one !== scope) : [...chosen, scope]);
  // A right from elsewhere that is not offered here is kept and can be taken away.
  const others = chosen.filter((scope) => !offeredScopes.includes(scope));
  const whyOff = (scope: Scope): string | null => {
    if (everything && scope !== 'admin') return t.off.inEverything;
    return !chosen.includes(scope) && !holds(own, scope) ? t.off.notHeld : null;
  };
  const row = (scope: Scope) => (
    <label key={scope} className="scope-row">
      <input
        type="checkbox"
        checked={everything || chosen.includes(scope)}
        disabled={whyOff(scope) !== null}
        title={whyOff(scope) ?? undefined}
        data-testid={testIds.keyScope(scope)}
        onChange={() => toggle(scope)}
      />
      <span className="scope-text">
        <span>{t.access.scope[scope]}</span> <code>{scope}</code>
        {t.access.warns[scope] && chosen.includes(scope) && (
          <span className="scope-warning">{t.access.warns[scope]}</span>
        )}
      </span>
    </label>
  );
  return (
    <div className="scope-groups">
      {(Object.keys(scopeGroups) as Group[]).map((group) => (
        <fieldset key={group} className="scope-group">
          <legend>{t.access.group[group]}</legend>
          {scopeGroups[group].map(row)}
          {group === 'access' && others.map(row)}
        </fieldset>
      ))}
    </div>
  );
}
const noScopes: readonly string[] = [];
