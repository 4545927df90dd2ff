import { Command, CommanderError, Option } from 'commander'
import { RemoteError } from '../../shared/api/remoteError.ts'
import { RpcError } from '../../shared/rpc/errors.ts'
import { ExportFormatSchema } from '../../shared/rpc/exportFormat.ts'
import { exportAudit, type AuditExportOptions } from './commands/audit.ts'
import { listBackups, makeBackup, restoreBackup } from './commands/backup.ts'
import { diff, type DiffOptions } from './commands/diff.ts'
import { doctor, type DoctorOptions } from './commands/doctor.ts'
import { exportLabels, type ExportOptions } from './commands/export.ts'
import { init, type InitOptions } from './commands/init.ts'
import { pull, status, sync } from './commands/sync.ts'
import { annotate, list, show, submit } from './commands/tasks.ts'
import { verify } from './commands/verify.ts'
import { CliError, EXIT, exitCodeOf, exitCodeOfFailure } from './exitCodes.ts'

interface Common { workspace: string; json?: boolean }

function command(parent: Command, name: string, description: string): Command {
  return parent.command(name).description(description)
    .option('-w, --workspace <dir>', 'folder of the workspace', '.fieldmark')
    .option('--json', 'print JSON')
}

function buildProgram(): Command {
  const program = new Command('fieldmark').description('Fieldmark without a window. The token is read from FIELDMARK_TOKEN or asked for.').exitOverride()
  command(program, 'init', 'make a workspace for an orchestrator or a folder of pictures')
    .option('--url <url>', 'address of the orchestrator').option('--folder <dir>', 'folder of pictures')
    .action((options: InitOptions) => init(options))
  command(program, 'pull', 'fetch assigned tasks and their images').action((options: Common) => pull(options))
  command(program, 'status', 'where tasks, outbox and cache stand').action((options: Common) => status(options))
  command(program, 'list', 'the queue, one line a task').action((options: Common) => list(options))
  command(program, 'show <task>', 'one task with its draft').action((task: string, options: Common) => show(task, options))
  command(program, 'annotate <task>', "add a file's shapes to a task's draft")
    .requiredOption('--file <file>', 'JSON list of {classId, geometry, attributes}')
    .action((task: string, options: Common & { file: string }) => annotate(task, options))
  command(program, 'submit <task>', 'freeze the draft and queue it for sending').action((task: string, options: Common) => submit(task, options))
  command(program, 'diff <task>', 'what differs between two versions of a task')
    .option('--from <version>', 'draft, gold, prediction:ID or the beginning of a revision; the last revision unless it is given').option('--to <version>', 'the same', 'draft')
    .action((task: string, options: DiffOptions) => diff(task, options))
  command(program, 'sync', 'send what waits, fetch what is new').action((options: Common) => sync(options))
  command(program, 'export', 'write labels for training code')
    .addOption(new Option('--format <format>', 'format of the files').choices(ExportFormatSchema.options).makeOptionMandatory())
    .requiredOption('--out <dir>', 'folder to write to')
    .option('--drafts', 'include what is not submitted yet').option('--images', 'copy the images too')
    .action((options: ExportOptions) => exportLabels(options))
  const audit = program.command('audit').description('the signed record of what happened')
  command(audit, 'export', 'write the audit log as JSON Lines').requiredOption('--out <dir>', 'folder to write to')
    .action((options: AuditExportOptions) => exportAudit(options))
  const backup = program.command('backup').description('copies of the work database')
  command(backup, 'list', 'the backups, newest first').action((options: Common) => listBackups(options))
  command(backup, 'make', 'make a verified backup now').action((options: Common) => makeBackup(options))
  command(backup, 'restore <name>', 'put a backup in the place of the work database, which is kept').action((name: string, options: Common) => restoreBackup(name, options))
  command(program, 'doctor', 'how the workspace is').option('--bundle <dir>', 'write a zip for support, without secrets and images')
    .action((options: DoctorOptions) => doctor(options))
  command(program, 'verify', 'check audit chain, database and objects').action((options: Common) => verify(options))
  return program
}

/** Runs one command and returns its exit code. */
async function main(argv: string[]): Promise<number> {
  try {
    await buildProgram().parseAsync(argv)
    return EXIT.ok
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.usage
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
    if (error instanceof CliError) return error.exitCode
    if (error instanceof RemoteError) return exitCodeOfFailure(error.failure)
    return error instanceof RpcError ? exitCodeOf(error.code) : EXIT.internal
  }
}

process.exitCode = await main(process.argv)
