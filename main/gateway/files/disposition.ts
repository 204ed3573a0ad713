/**
 * Value of a Content-Disposition header that has a browser save the file and never show it (RFC 6266): the name in ASCII for old clients, and whole,
 * percent-encoded (RFC 8187). Whatever the name is, the value is one line of plain ASCII.
 */
export function attachmentHeader(name: string): string {
  const plain = name.replace(/[^\x20-\x7e]|["\\%;]/g, '_').slice(0, 200) || 'file';
  const whole = encodeURIComponent(name.toWellFormed().slice(0, 400)).replace(
    /['()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `attachment; filename="${plain}"; filename*=UTF-8''${whole}`;
}
