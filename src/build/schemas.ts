/** Writes the JSON Schemas that editors use, from the one schema of data and content. `npm run schemas`; a test keeps them current. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { z } from 'zod';
import { CONTENT_FILES, contentSchemas, DEFAULT_LANGUAGE, languageSchema, readContents } from '#content/schema.ts';
import { ValidationError, type Issue } from '#evidence/validation.ts';
import { DATA_FILES, type Data } from '#evidence/schema.ts';
import { idsOf, parseData, readData, withoutSchema } from '#evidence/load.ts';

/** Every schema file, by its path from the project's root. */
export function schemaFiles(root: string): Map<string, string> {
  const files = new Map<string, string>();
  for (const [name, schema] of Object.entries(DATA_FILES)) files.set(`data/schema/${name}.schema.json`, jsonSchema(schema));
  const issues: Issue[] = [];
  const raw = readData(root, issues);
  const language = languageSchema.safeParse(withoutSchema(readContents(root, issues)[DEFAULT_LANGUAGE]?.language));
  if (issues.length || !language.success) throw new ValidationError(issues);
  const data: Data = parseData(raw);
  const schemas = { language: languageSchema, ...contentSchemas(data, language.data, idsOf(raw)) };
  for (const name of CONTENT_FILES) files.set(`src/content/schema/${name}.schema.json`, jsonSchema(schemas[name]));
  return files;
}

/** What a schema takes, as JSON Schema, with room for the address of the schema itself. */
function jsonSchema(schema: z.ZodType): string {
  const json = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
  json.properties = { $schema: { type: 'string' }, ...json.properties };
  if (json.propertyNames) json.propertyNames = { anyOf: [{ const: '$schema' }, ...[json.propertyNames].filter((one) => typeof one === 'object')] };
  return `${JSON.stringify(json, null, 2)}\n`;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href)
  for (const [path, text] of schemaFiles(process.cwd())) {
    const file = join(process.cwd(), path);
    mkdirSync(dirname(file), { recursive: true });
    if (safeRead(file) !== text) writeFileSync(file, text);
  }

function safeRead(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
