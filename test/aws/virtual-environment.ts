import { existsSync } from 'node:fs'
import { copyFile, readFile, rm } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { mustRun, runCommand } from './run-command.ts'

const folder = resolve('build/venv')
const requirements = resolve('test/aws/requirements.txt')
/** Written last, so that an interrupted installation does not count as one. */
const installed = join(folder, 'installed.txt')

const names = ['python3', 'python3.14', 'python3.13', 'python3.12', 'python3.11', 'python3.10']

/** Debian and Ubuntu ship Python without ensurepip, and then no environment can be made. */
const isUsable = 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 10))'

/** Makes build/venv from requirements.txt, unless it is there already. Gives its Python. */
export async function prepareVirtualEnvironment(): Promise<string> {
  const python = join(folder, 'bin/python')
  if (existsSync(python) && (await isUpToDate())) return python
  const systemPython = await findPython()
  await rm(folder, { recursive: true, force: true })
  await mustRun(systemPython, ['-m', 'venv', folder])
  const quietly = ['--quiet', '--disable-pip-version-check', '--no-input']
  await mustRun(python, ['-m', 'pip', 'install', ...quietly, '--requirement', requirements])
  await copyFile(requirements, installed)
  return python
}

async function isUpToDate(): Promise<boolean> {
  if (!existsSync(installed)) return false
  return (await readFile(installed, 'utf8')) === (await readFile(requirements, 'utf8'))
}

async function findPython(): Promise<string> {
  for (const name of names) {
    const { code } = await runCommand(name, ['-c', isUsable])
    if (code === 0) return name
  }
  throw new Error(
    'The tests on the AWS emulator need Python 3.10 or newer with its venv module. Install it ' +
      '(Debian, Ubuntu: apt-get install python3 python3-venv; macOS: brew install python) and ' +
      `run the command again. These were tried: ${names.join(', ')}.`,
  )
}
