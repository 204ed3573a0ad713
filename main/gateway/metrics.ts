/** Upper bounds of the buckets of a duration, seconds. */
const buckets = [0.005, 0.01, 0.05, 0.1, 0.5, 1, 5, 30] as const;
/** Routes times methods times answers; what would go beyond is counted together. */
const maxSeries = 2_000;

type Labels = Readonly<Record<string, string>>;

interface Family {
  type: 'counter' | 'gauge' | 'histogram';
  help: string;
  series: Map<string, number>;
}

/** What is measured, in the text format of Prometheus (version 0.0.4). Counted while requests run, written when somebody asks. */
export class Metrics {
  readonly #families = new Map<string, Family>();
  readonly #gauges: { name: string; help: string; read: () => number | readonly [Labels, number][] }[] = [];
  #series = 0;

  /** Something that is now, asked at every reading. */
  gauge(name: string, help: string, read: () => number | readonly [Labels, number][]): void {
    this.#gauges.push({ name, help, read });
  }

  count(name: string, help: string, labels: Labels = {}, by = 1): void {
    this.#add(this.#family(name, 'counter', help), name, labels, by);
  }

  /** @param seconds - how long it took. */
  took(name: string, help: string, labels: Labels, seconds: number): void {
    const family = this.#family(name, 'histogram', help);
    for (const bound of buckets) {
      this.#add(family, `${name}_bucket`, { ...labels, le: String(bound) }, seconds <= bound ? 1 : 0);
    }
    this.#add(family, `${name}_bucket`, { ...labels, le: '+Inf' }, 1);
    this.#add(family, `${name}_sum`, labels, seconds);
    this.#add(family, `${name}_count`, labels, 1);
  }

  text(): string {
    const lines: string[] = [];
    for (const { name, help, read } of this.#gauges) {
      const now = read();
      lines.push(`# HELP ${name} ${help}`, `# TYPE ${name} gauge`);
      for (const [labels, value] of typeof now === 'number' ? ([[{}, now]] as const) : now) {
        lines.push(`${name}${written(labels)} ${value}`);
      }
    }
    for (const [name, { type, help, series }] of this.#families) {
      lines.push(`# HELP ${name} ${help}`, `# TYPE ${name} ${type}`);
      for (const [key, value] of series) lines.push(`${key} ${value}`);
    }
    return `${lines.join('\n')}\n`;
  }

  #family(name: string, type: Family['type'], help: string): Family {
    const family = this.#families.get(name) ?? { type, help, series: new Map() };
    this.#families.set(name, family);
    return family;
  }

  #add({ series }: Family, name: string, labels: Labels, by: number): void {
    const key = `${name}${written(labels)}`;
    const before = series.get(key);
    if (before === undefined) {
      if (this.#series >= maxSeries) return;
      this.#series += 1;
    }
    series.set(key, (before ?? 0) + by);
  }
}

/** Values are text of our own (routes, numbers), escaped all the same. */
function written(labels: Labels): string {
  const pairs = Object.entries(labels).map(
    ([name, value]) => `${name}="${value.replace(/[\\"\n]/g, (one) => (one === '\n' ? '\\n' : `\\${one}`))}"`,
  );
  return pairs.length === 0 ? '' : `{${pairs.join(',')}}`;
}
