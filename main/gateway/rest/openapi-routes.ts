import { z } from 'zod';
import { type Route, route } from '../route.ts';

/** @param routes - the whole table, asked when the document is. */
export function openApiRoutes(routes: () => readonly Route[], version: string): Route[] {
  let made: string | null = null;
  return [
    route({
      method: 'GET',
      url: '/api/v1/openapi.json',
      access: 'anyone',
      tag: 'Server',
      summary: 'This document: OpenAPI 3.1, made of the schemas by which requests are checked.',
      answer: () => z.record(z.string(), z.unknown()),
      async handle() {
        // Made when somebody asks: its library is not loaded for a start.
        const { openApiDocument } = await import('./openapi.ts');
        made ??= JSON.stringify(openApiDocument(routes(), version));
        return { text: made, type: 'application/json; charset=utf-8' };
      },
    }),
  ];
}
