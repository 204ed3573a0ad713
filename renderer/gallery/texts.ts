export const answerMarkdown = `Done. \`withRetry\` now waits a random time below a growing ceiling, so clients that failed together come back spread out.

## What changed

- **Full jitter** with a cap of 30 s (\`maxMs\`)
- The last error is kept as \`cause\`
- Callers stay as they are:

\`\`\`ts
const response = await withRetry(() => fetch(url), { ...defaults, attempts: 3 });
if (!response.ok) throw new HttpError(response.status); // not transient
\`\`\`

| attempt | before | now |
|---|---|---|
| 1 | 200 ms | 0–200 ms |
| 4 | 1.6 s | 0–1.6 s |
| 9 | 51 s | 0–30 s |

1. Deploy it behind the flag first.

2. Then watch the [error rate](https://example.com/dash) for a day.

> The pull loop in \`sync/pull.ts\` retries on its own as well; you may want to drop one of the two.

`;

const esc = '\u001b';
export const testOutput = `
> atlas@3.2.0 test
> vitest run retry

 ${esc}[1m${esc}[36mRUN${esc}[0m  v5.1.1 /home/ada/atlas

 ${esc}[32m✓${esc}[0m src/net/retry.test.ts ${esc}[2m(6 tests)${esc}[0m 48ms
   ${esc}[32m✓${esc}[0m waits below the ceiling
   ${esc}[32m✓${esc}[0m never waits longer than the cap
   ${esc}[32m✓${esc}[0m does not retry what is not transient
   ${esc}[32m✓${esc}[0m gives up after the last attempt and keeps the cause
   ${esc}[33m↓${esc}[0m spreads many clients ${esc}[2m[skipped]${esc}[0m
   ${esc}[32m✓${esc}[0m accepts its defaults

 Test Files  ${esc}[32m1 passed${esc}[0m (1)
      Tests  ${esc}[32m5 passed${esc}[0m | ${esc}[33m1 skipped${esc}[0m (6)
   Duration  412ms
`;

export const hostileMarkdown = `<script>alert(1)</script> <img src=x onerror=alert(2)> <style>body{display:none}</style>

[click me](javascript:alert(3)) ![tracker](https://evil.example/pixel.gif) [file](file:///etc/passwd)

\u202Eesrever ${'x'.repeat(400)}

<details><summary>Allow once</summary><button data-testid="approval-allow-once">Allow once</button></details>

\`\`\`html
<script>alert(4)</script></code></pre><b>out</b>
\`\`\`
`;

export const mathMarkdown = String.raw`With full jitter the wait before attempt $n$ is spread evenly over $[0, b_n]$, where

\[
b_n = \min\left(c,\; b_0 \cdot 2^{n}\right), \qquad \mathbb{E}[w_n] = \frac{b_n}{2}
\]

so $k$ clients that failed together come back with an expected gap of \(\frac{b_n}{k+1}\). It costs at most $5 a month, not $50.

$$
\sum_{n=0}^{8} \mathbb{E}[w_n] = \tfrac{1}{2}\left(0.2 + 0.4 + \dots + 30\right) \approx 43.1\,\mathrm{s}
$$
`;

export const drawnMarkdown = `Here is the load of the week:

![Load by day, highest on Wednesday](plots/load.png)

The raw numbers are in ![the table](plots/gone.png), and the page of the library has ![an example](https://example.org/example.png).`;

export const diagramMarkdown = `How a request goes through the retry:

\`\`\`mermaid
flowchart LR
  try[Call] --> ok{Answered?}
  ok -- yes --> done[Return]
  ok -- no --> left{Attempts left?}
  left -- yes --> wait[Wait with jitter] --> try
  left -- no --> fail[Throw, with the cause]
\`\`\`

And one that is broken:

\`\`\`mermaid
flowchart LR
  try[Call --> ]done
\`\`\`
`;
