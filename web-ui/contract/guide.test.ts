import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { expect, test } from 'vitest';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const GUIDE = 'docs/hooks.md';

interface Example {
  /** Line of the guide on which it begins. */
  readonly line: number;
  readonly language: string;
  readonly code: string;
}

/** Every example of the guide that is TypeScript. */
function examples(guide: string): readonly Example[] {
  return [...guide.matchAll(/^```(tsx?)\n([^]*?)^```$/gm)].map((found) => ({
    line: guide.slice(0, found.index).split('\n').length + 1,
    language: found[1] ?? '',
    code: found[2] ?? '',
  }));
}

/** What the compiler says of each example, as a file of its own beside the package that it imports. */
function faults(found: readonly Example[]): readonly string[] {
  const config = ts.readConfigFile(`${ROOT}tsconfig.json`, (path) => ts.sys.readFile(path));
  const { options } = ts.parseJsonConfigFileContent(config.config, ts.sys, ROOT);
  const files = new Map(
    found.map((one) => [`${ROOT}contract/line-${String(one.line)}.${one.language}`, one]),
  );
  const disk = ts.createCompilerHost(options);
  const host: ts.CompilerHost = {
    ...disk,
    fileExists: (path) => files.has(path) || disk.fileExists(path),
    readFile: (path) => files.get(path)?.code ?? disk.readFile(path),
    getSourceFile: (path, version, ...rest) => {
      const code = files.get(path)?.code;
      return code === undefined
        ? disk.getSourceFile(path, version, ...rest)
        : ts.createSourceFile(path, code, version, true);
    },
  };
  const program = ts.createProgram([...files.keys()], { ...options, noUnusedLocals: false }, host);
  return [...files].flatMap(([path, { line }]) => {
    const file = program.getSourceFile(path);
    return ts.getPreEmitDiagnostics(program, file).map(({ start = 0, messageText }) => {
      const offset = file?.getLineAndCharacterOfPosition(start).line ?? 0;
      return `${GUIDE}:${String(line + offset)}: ${ts.flattenDiagnosticMessageText(messageText, '\n')}`;
    });
  });
}

test('every example of the guide compiles', () => {
  const found = examples(readFileSync(`${ROOT}../${GUIDE}`, 'utf8'));
  expect(found.length).toBeGreaterThan(10);
  expect(faults(found)).toEqual([]);
});

test('a fault is told with its line in the guide', () => {
  const guide = 'Text\n\n```ts\nexport {};\nconst n: number = "no";\n```\n';
  expect(faults(examples(guide))).toEqual([
    `${GUIDE}:5: Type 'string' is not assignable to type 'number'.`,
  ]);
});
