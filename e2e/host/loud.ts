/**
 * Wraps a part of the stand-in so that whatever the app asks of it and it does not have fails at once, by name, instead of being `undefined`.
 * @param name - as the app writes it, such as `app` or `BrowserWindow`.
 */
export function loud<T extends object>(name: string, part: T): T {
  return new Proxy(part, {
    get(target, property) {
      if (!(property in target) && typeof property === 'string' && !silent.has(property)) {
        throw new Error(`The Chromium host has no ${name}.${property}; add it to e2e/host.`);
      }
      // Private fields live on the target, not on the proxy.
      const value: unknown = Reflect.get(target, property, target);
      return typeof value === 'function' && !isClass(value) ? value.bind(target) : value;
    },
  });
}

/** Properties that the language and its tools ask for by themselves. */
const silent = new Set(['then', 'toJSON', 'constructor', 'asymmetricMatch', 'nodeType', 'inspect', '$$typeof']);

function isClass(value: object): boolean {
  return Object.getOwnPropertyDescriptor(value, 'prototype')?.writable === false;
}
