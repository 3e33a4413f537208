import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020, type ErrorObject, type Options, type ValidateFunction } from 'ajv/dist/2020.js';
import { FORMATS } from './formats.js';

/** The schema itself as the judge of tests, through an implementation that is not ours. */

interface Definition {
  readonly properties?: Readonly<Record<string, { readonly const?: unknown }>>;
  readonly oneOf?: readonly { readonly $ref?: string }[];
}

interface Bundle {
  readonly $id: string;
  readonly $defs: Readonly<Record<string, Definition>>;
}

/** The folder of the definitions' sources and of what is made from them for any language. */
export const SHARED = join(import.meta.dirname, '../../shared-schema');

const bundle = JSON.parse(
  readFileSync(join(SHARED, 'groove-dashboard.schema.json'), 'utf8'),
) as Bundle;

function judgeOf(schema: Bundle, options: Options): Ajv2020 {
  const ajv = new Ajv2020({ ...options, formats: FORMATS });
  ajv.addSchema(schema);
  return ajv;
}

/** Gives the verdicts, on the schema as it is. */
const judge = judgeOf(bundle, { strict: true });

/** The property whose constant tells the members of a union apart. */
function tagOf({ oneOf = [] }: Definition): string | undefined {
  const members = oneOf.map(({ $ref = '' }) => bundle.$defs[$ref.replace('#/$defs/', '')]);
  const [first] = members;
  const names = Object.keys(first?.properties ?? {});
  return names.find((name) => members.every((one) => one?.properties?.[name]?.const !== undefined));
}

/**
 * Says where a value is wrong. Without `discriminator`, which only Ajv knows, a value would be told what keeps it from
 * being any other member of the union.
 */
let finder: Ajv2020 | undefined;

function makeFinder(): Ajv2020 {
  const definitions = Object.entries(bundle.$defs).map(([name, definition]) => {
    const propertyName = tagOf(definition);
    const hint = propertyName && { type: 'object', discriminator: { propertyName } };
    return [name, { ...definition, ...hint }];
  });
  const $defs = Object.fromEntries(definitions) as Bundle['$defs'];
  return judgeOf({ ...bundle, $defs }, { strict: false, allErrors: true, discriminator: true });
}

function validatorOf(ajv: Ajv2020, definition: string): ValidateFunction {
  const validate = ajv.getSchema(`${bundle.$id}#/$defs/${definition}`);
  if (validate === undefined) throw new Error(`the bundle does not define ${definition}`);
  return validate;
}

/** Whether the schema allows the value. */
export function isValid(definition: string, value: unknown): boolean {
  return validatorOf(judge, definition)(value);
}

/** JSON pointers to everything that the schema finds wrong; none for a valid value. */
export function faultsOf(definition: string, value: unknown): string[] {
  if (isValid(definition, value)) return [];
  finder ??= makeFinder();
  const validate = validatorOf(finder, definition);
  validate(value);
  return [...new Set((validate.errors ?? []).map(placeOf))];
}

/** Ajv tells of a missing or unknown member, and of a tag, at their owner. */
function placeOf({ instancePath, params, propertyName }: ErrorObject): string {
  const { missingProperty, additionalProperty, tag } = params;
  const member: unknown =
    missingProperty ?? additionalProperty ?? params['propertyName'] ?? propertyName ?? tag;
  return typeof member === 'string' ? `${instancePath}/${escape(member)}` : instancePath;
}

/** A name as a token of a JSON pointer. */
function escape(name: string): string {
  return name.replaceAll('~', '~0').replaceAll('/', '~1');
}
