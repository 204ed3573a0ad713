import { Plus, X } from 'lucide-react';
import { t } from '../../strings/index.ts';
import { testIds } from '../../test-ids.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import type { EnvRow } from './agent-draft.ts';

interface EnvRowsProps {
  rows: readonly EnvRow[];
  /** A name among them that is none of a variable; null: all are, or nobody has asked yet. */
  bad: string | null;
  onChange: (rows: EnvRow[]) => void;
}

export function EnvRows({ rows, bad, onChange }: EnvRowsProps) {
  const change = (key: number, part: Partial<EnvRow>): void =>
    onChange(rows.map((row) => (row.key === key ? { ...row, ...part } : row)));
  const next = Math.max(0, ...rows.map((row) => row.key + 1));
  return (
    <fieldset className="field">
      <legend className="field-label">{t.agents.environment}</legend>
      {rows.map((row) => (
        <div key={row.key} className="env-row">
          <input
            className="text-field is-mono"
            aria-label={t.agents.variableName}
            placeholder={t.agents.variableName}
            spellCheck={false}
            autoCapitalize="none"
            value={row.name}
            aria-invalid={row.name.trim() === bad && (row.name !== '' || row.value !== '')}
            data-testid={testIds.agentVariableName}
            onChange={(event) => change(row.key, { name: event.target.value })}
          />
          <input
            className="text-field is-mono"
            aria-label={t.agents.variableValue}
            placeholder={t.agents.variableValue}
            spellCheck={false}
            autoCapitalize="none"
            maxLength={4000}
            value={row.value}
            data-testid={testIds.agentVariableValue}
            onChange={(event) => change(row.key, { value: event.target.value })}
          />
          <IconButton
            label={t.agents.removeVariable(row.name)}
            onClick={() => onChange(rows.filter((one) => one.key !== row.key))}
          >
            <X size={15} aria-hidden />
          </IconButton>
        </div>
      ))}
      <div className="env-add">
        <Button
          size="small"
          icon={<Plus size={14} aria-hidden />}
          data-testid={testIds.agentVariableAdd}
          onClick={() => onChange([...rows, { key: next, name: '', value: '' }])}
        >
          {t.agents.addVariable}
        </Button>
        <span className="field-note">{t.agents.environmentNote}</span>
      </div>
    </fieldset>
  );
}
