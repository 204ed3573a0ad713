import { readFileSync } from 'node:fs';
import { Validator } from '@seriousme/openapi-schema-validator';
import { describe, expect, it } from 'vitest';
import { pathOf } from '../main/gateway/rest/openapi.ts';
import { scopesOf } from '../main/gateway/route.ts';
import { allRoutes, openApiPath, openApiText, restDoc, restDocPath } from './rest-docs.ts';

type Operation = { security: { key: string[] }[]; responses: Record<string, unknown>; operationId: string };
const document = JSON.parse(openApiText()) as { openapi: string; paths: Record<string, Record<string, Operation>> };

describe('docs/openapi.json', () => {
  it('is what the table of routes says (npm run docs writes it)', () => {
    expect(readFileSync(openApiPath, 'utf8')).toBe(openApiText());
  });

  it('is valid OpenAPI 3.1', async () => {
    const valid = await new Validator().validate(JSON.parse(openApiText()));
    expect(valid.errors).toBeUndefined();
    expect(valid.valid).toBe(true);
    const { '/api/v1/health': health, ...broken } = document.paths;
    const wrong = { ...document, paths: { ...broken, 'no-slash': { get: { ...health?.get, responses: 7 } } } };
    expect((await new Validator().validate(wrong)).valid).toBe(false);
  });

  it('has every route, with its scopes and its good answer, and nothing else', () => {
    const told = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, one]) => [`${method.toUpperCase()} ${path}`, one] as const),
    );
    expect(told.map(([name]) => name).sort()).toEqual(
      allRoutes.map(({ method, url }) => `${method} ${pathOf(url)}`).sort(),
    );
    const byName = new Map(told);
    for (const route of allRoutes) {
      const one = byName.get(`${route.method} ${pathOf(route.url)}`)!;
      expect(one.security.flatMap(({ key }) => key)).toEqual([...scopesOf(route)]);
      expect(one.security.length === 0).toBe(route.access === 'anyone');
      expect(one.responses).toHaveProperty(String(route.status ?? 200));
    }
    expect(new Set(told.map(([, { operationId }]) => operationId)).size).toBe(told.length);
  });
});

describe('docs/rest.md', () => {
  it('is what the table of routes says (npm run docs writes it)', () => {
    expect(readFileSync(restDocPath, 'utf8')).toBe(restDoc());
  });
});
