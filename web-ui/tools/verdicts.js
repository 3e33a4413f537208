/**
 * Ajv's verdicts for a program of another language: each line asks, each line answers.
 *
 * `{"definitions": {...}, "name": "Count", "values": [1, -1]}` is answered by `[true,false]`. A line without
 * definitions is about those of the line before. What Ajv cannot compile ends the program.
 */
import { createInterface } from 'node:readline';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { FORMATS } from './formats.js';

// One for all: it takes longer to be made than to judge.
const ajv = new Ajv2020({ strict: true, formats: FORMATS });
let documents = 0;

for await (const line of createInterface({ input: process.stdin })) {
  /** @type {{ definitions?: object, name: string, values: unknown[] }} */
  const { definitions, name, values } = JSON.parse(line);
  if (definitions !== undefined) {
    documents += 1;
    ajv.addSchema({ $defs: definitions }, documentId());
  }
  const validate = ajv.getSchema(`${documentId()}#/$defs/${name}`);
  if (validate === undefined) throw new Error(`there is no definition ${name}`);
  process.stdout.write(`${JSON.stringify(values.map((value) => validate(value)))}\n`);
}

function documentId() {
  return `urn:asked:${String(documents)}`;
}
