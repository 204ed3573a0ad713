/** A number of bytes as a person reads it: `12 kB`, `3.4 MB`, `1.2 GB`, in powers of 1024; never rounded down to nothing. */
export function byteSize(bytes: number): string {
  if (bytes < 1024 ** 2) return `${Math.ceil(bytes / 1024)} kB`;
  if (bytes < 1024 ** 3) return `${(bytes / 1024 ** 2).toFixed(1)} MB`;
  return `${(bytes / 1024 ** 3).toFixed(1)} GB`;
}
