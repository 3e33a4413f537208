import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { copyFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** The folder of the package. */
export const PACKAGE = join(import.meta.dirname, '..');

interface Packed {
  readonly filename: string;
  readonly files: readonly { readonly path: string }[];
}

export interface Compiler {
  /** The folder of one version of TypeScript in `node_modules`. */
  readonly typescript: string;
  readonly moduleResolution: 'nodenext' | 'bundler';
  readonly lib: readonly string[];
  readonly types: readonly string[];
}

/** A project outside this repository that has installed the package from the tarball that would be published. */
export class ConsumerProject {
  readonly folder = realpathSync(mkdtempSync(join(tmpdir(), 'groove-consumer-')));
  #tarball = '';

  get tarball(): string {
    return this.#tarball;
  }

  /** Builds, packs and installs the package; returns the paths of the files in it. */
  async install(): Promise<string[]> {
    const pack = ['pack', '--json', '--pack-destination', this.folder];
    const { stdout } = await run('npm', pack, { cwd: PACKAGE });
    const [packed] = JSON.parse(stdout) as readonly Packed[];
    if (packed === undefined) throw new Error(`npm packed nothing: ${stdout}`);
    this.#tarball = join(this.folder, packed.filename);
    const installed = join(this.folder, 'node_modules/@groove/dashboard');
    mkdirSync(installed, { recursive: true });
    await run('tar', ['-xzf', this.#tarball, '-C', installed, '--strip-components=1']);
    this.write('package.json', '{ "type": "module" }');
    return packed.files.map(({ path }) => path);
  }

  /** Installs another package, by a link to where `from` has it; instead of another version, if there is one. */
  link(name: string, from: string): void {
    const path = join(this.folder, 'node_modules', name);
    mkdirSync(dirname(path), { recursive: true });
    rmSync(path, { force: true });
    symlinkSync(join(from, 'node_modules', name), path);
  }

  write(name: string, text: string): void {
    writeFileSync(join(this.folder, name), text);
  }

  /** Copies a source of this package into the project; returns its name there. */
  async copy(path: string): Promise<string> {
    const name = basename(path);
    await copyFile(join(PACKAGE, path), join(this.folder, name));
    return name;
  }

  /** What a compiler says of files of the project, at its strictest; empty where it finds nothing. */
  async complaints(files: readonly string[], compiler: Compiler): Promise<string> {
    const { typescript, moduleResolution, lib, types } = compiler;
    const module = moduleResolution === 'bundler' ? 'esnext' : moduleResolution;
    const compilerOptions = {
      ...{ target: 'es2022', module, moduleResolution, lib, types, jsx: 'react-jsx' },
      ...{ strict: true, skipLibCheck: false, exactOptionalPropertyTypes: true, noEmit: true },
    };
    this.write('tsconfig.json', JSON.stringify({ compilerOptions, files }));
    const tsc = join(PACKAGE, '../node_modules', typescript, 'bin/tsc');
    return outputOf(process.execPath, tsc, '-p', this.folder);
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** What a program has printed when it failed; empty when it did not. */
export async function outputOf(command: string, ...parameters: string[]): Promise<string> {
  try {
    await run(command, parameters, { cwd: PACKAGE });
    return '';
  } catch (error) {
    const { stdout, stderr } = error as { readonly stdout?: string; readonly stderr?: string };
    return [stdout, stderr].join('') || String(error);
  }
}
