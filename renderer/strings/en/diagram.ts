/** What is said at diagrams in an agent's words. */
export const diagramStrings = {
  name: 'diagram',
  picture: (kind: string) => (kind === '' ? 'Diagram' : `Diagram (${kind})`),
  drawing: 'Drawing the diagram…',
  asText: 'Show the text of this diagram',
  asPicture: 'Show this diagram as a picture',
  copy: 'Copy the text of this diagram',
  wrong: 'This is no diagram that can be drawn, so its text is shown as the agent wrote it.',
  notDrawn: 'This diagram is too large or could not be drawn here, so its text is shown.',
};
