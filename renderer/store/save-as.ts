/** Has the browser save what is at an address. It is never opened in the page: what came as HTML must not become a page of ours. */
export function saveAs(url: string, name: string): void {
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
}
