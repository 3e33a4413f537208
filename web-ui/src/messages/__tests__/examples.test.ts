import { readdirSync, readFileSync } from 'node:fs';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import { FORMATS } from '../../../tools/formats.js';
import { TOPIC_NAMES } from '../types.ts';

interface Example {
  readonly name: string;
  readonly value: unknown;
  /** Where it is wrong, as a JSON pointer; absent where it is right. */
  readonly error?: string;
}

const SHARED = new URL('../../../../shared-schema/', import.meta.url);
const read = (path: string): unknown => JSON.parse(readFileSync(new URL(path, SHARED), 'utf8'));

const bundle = read('groove-dashboard.schema.json') as {
  readonly $id: string;
  readonly $defs: Readonly<Record<string, unknown>>;
};

const ajv = new Ajv2020({ strict: true, allErrors: true, formats: FORMATS });
ajv.addSchema(bundle);

function validatorOf(definition: string): ValidateFunction {
  const validate = ajv.getSchema(`${bundle.$id}#/$defs/${definition}`);
  if (validate === undefined) throw new Error(`the bundle does not define ${definition}`);
  return validate;
}

/** A name as a token of a JSON pointer. */
function escape(name: string): string {
  return name.replaceAll('~', '~0').replaceAll('/', '~1');
}

/** Where Ajv finds faults. A missing or unknown member is told of its owner; a union adds nothing to its members. */
function places(validate: ValidateFunction): Set<string> {
  const errors = (validate.errors ?? []).filter(({ keyword }) => keyword !== 'oneOf');
  return new Set(
    errors.map(({ instancePath, params }) => {
      const { missingProperty, additionalProperty, propertyName } = params;
      const member: unknown = missingProperty ?? additionalProperty ?? propertyName;
      return typeof member === 'string' ? `${instancePath}/${escape(member)}` : instancePath;
    }),
  );
}

const FILES = readdirSync(new URL('examples/', SHARED)).filter(
  (file) => file.endsWith('.json') && file !== 'topic-keys.json',
);

test('there are examples of every union that is spoken', () => {
  expect(FILES).toEqual(
    expect.arrayContaining([
      'DashboardMessage.json',
      'DashboardRequest.json',
      'DashboardTopic.json',
      'IngestEvent.json',
      'TopicData.json',
    ]),
  );
});

test('there is a right example of each topic and of its data', () => {
  const names = (file: string, tag: string): unknown[] =>
    (read(`examples/${file}`) as Example[])
      .filter(({ error }) => error === undefined)
      .map(({ value }) => (value as Record<string, unknown>)[tag]);
  expect(names('DashboardTopic.json', 'topic')).toEqual(expect.arrayContaining([...TOPIC_NAMES]));
  expect(names('TopicData.json', 'data_type')).toEqual(expect.arrayContaining([...TOPIC_NAMES]));
});

describe.each(FILES)('%s', (file) => {
  const validate = validatorOf(file.replace('.json', ''));

  test.each(read(`examples/${file}`) as Example[])('$name', ({ value, error }) => {
    const isValid = validate(value);
    if (error === undefined) {
      expect(validate.errors ?? []).toEqual([]);
      return;
    }
    expect(isValid).toBe(false);
    expect([...places(validate)]).toContain(error);
  });
});
