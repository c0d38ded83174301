import Foundation

// Compares Millrace's SQL with PostgreSQL's; see `Options.usage`.
CrashReport.install()
do {
  let options = try Options(Array(CommandLine.arguments.dropFirst()))
  let server = try PostgreSQLServer(programs: options.programs)
  let outcome = Result { try Differential.carryOut(options, server.connect()) }
  try server.stop()
  exit(try outcome.get() ? 0 : 1)
} catch {
  FileHandle.standardError.write(Data("error: \(error)\n".utf8))
  exit(2)
}
