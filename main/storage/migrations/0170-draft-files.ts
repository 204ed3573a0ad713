/** Files that stand with what is being written, as references to attachments. */
export const migration = {
  id: 170,
  name: 'draft-files',
  sql: `
    ALTER TABLE drafts ADD COLUMN attachments TEXT NOT NULL DEFAULT '[]';
  `,
} as const;
