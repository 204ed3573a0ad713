/** Paths by which somebody could try to get at what is not theirs. */

/** Ways to write "one folder up", most of which must mean nothing at all. */
const ups = [
  '..',
  '../',
  '..\\',
  './..',
  '.././',
  '..//',
  '....//',
  '%2e%2e',
  '%2e%2e%2f',
  '%252e%252e%252f',
  '..%2f',
  '..%c0%af',
  '..%5c',
  '\u2025',
  '\uff0e\uff0e',
  '. .',
  '..;',
  '..\u0000',
];
const targets = ['outside/secret.txt', 'home/owner-token', 'etc/passwd', 'outside'];
const controls = [...Array(32).keys(), 127, 0x85, 0x9f, 0x2028, 0x2029].map((code) => String.fromCharCode(code));
/** Names of devices, of the kernel's files, of streams and network places. */
const devices = [
  '/dev/null',
  '/dev/zero',
  '/dev/random',
  '/dev/tty',
  '/dev/stdin',
  '/dev/fd/0',
  '/dev/mem',
  '/dev/sda',
  '/dev/shm',
  '/proc/self/environ',
  '/proc/self/mem',
  '/proc/self/cmdline',
  '/proc/self/fd/0',
  '/proc/1/root/etc/passwd',
  '/proc/self/root/etc/passwd',
  '/proc/self/cwd',
  '/proc/version',
  '/proc/kcore',
  '/sys/kernel/notes',
  '/sys/class/net',
  '/proc',
  '/sys',
  '/dev',
  'C:\\Windows\\win.ini',
  '\\\\server\\share\\file',
  '\\\\?\\C:\\secret',
  '\\\\.\\PhysicalDrive0',
  '//server/share/file',
  'CON',
  'NUL',
  'file:///etc/passwd',
  'http://127.0.0.1/',
  '~/.ssh/id_rsa',
  '~root/.bashrc',
  '$HOME/.netrc',
  '`id`',
  '$(id)',
  '|cat /etc/passwd',
  '-rf',
  '',
  ' ',
  '.',
  '..',
  '/',
  '//',
  '///',
];

/**
 * @param base - folder of the test: `project` in it is the root, `outside` and `home` are not.
 * @returns paths, none of which may give a byte of what lies outside.
 */
export function hostilePaths(base: string): string[] {
  const root = `${base}/project`;
  const paths = [...devices];
  for (const up of ups) {
    for (const target of targets) {
      for (const depth of [1, 2, 8]) {
        const climb = Array(depth).fill(up).join('/');
        paths.push(`${root}/${climb}/${target}`, `${climb}/${target}`, `${root}/sub/${climb}/../${target}`);
      }
    }
  }
  for (const control of controls) {
    paths.push(`${root}/inside.txt${control}`, `${root}/${control}inside.txt`, `${base}/outside/secret.txt${control}`);
    paths.push(`${root}/inside.txt${control}/../../outside/secret.txt`);
  }
  for (const name of [
    'link-out',
    'link-dir/secret.txt',
    'link-home/owner-token',
    'loop',
    'fifo',
    'socket',
    'sub',
    'dangling',
    'link-proc/environ',
    'link-link',
  ]) {
    paths.push(`${root}/${name}`, `${root}/./${name}`, `${root}/sub/../${name}`, `${root}//${name}`);
  }
  paths.push(
    `${base}/project-neighbour/secret.txt`,
    `${base}/PROJECT/../outside/secret.txt`,
    `${base}/outside/secret.txt`,
    `${base}/home/owner-token`,
    `${base}/home`,
    `${base}/home/secrets.key`,
    `${root}/../project/../outside/secret.txt`,
    `${root}/${'a/'.repeat(2_100)}x`,
    `${root}/${'x'.repeat(300)}`,
    `${root}/inside.txt/`,
    `${root}/inside.txt/.`,
    `${root}/inside.txt/../../outside/secret.txt`,
    `/${'../'.repeat(200)}etc/passwd`,
    `${root}/\ud800`,
    `\udfff${root}`,
    `${root}/inside.txt:stream`,
    `${root}/inside.txt::$DATA`,
    `${root}/con`,
    `${root}/nul.txt`,
  );
  return paths;
}
