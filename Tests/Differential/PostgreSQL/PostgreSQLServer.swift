import Foundation

/// A PostgreSQL server of our own: a new cluster in a temporary directory, reached through a Unix
/// socket there, and gone with this process whatever ends it.
final class PostgreSQLServer {
  /// Where the socket is.
  let directory: String
  private let process: Process

  /// Makes a cluster and starts its server.
  ///
  /// - Parameter programs: the directory with `initdb` and `postgres` of PostgreSQL 15.
  init(programs: String) throws {
    guard FileManager.default.isExecutableFile(atPath: programs + "/initdb") else {
      throw DifferentialError(
        "there is no PostgreSQL 15 in \(programs); install Debian's postgresql-15, or say where it "
          + "is with --programs")
    }
    directory = try Self.makeDirectory()
    let data = directory + "/data"
    let made = Self.command(
      programs + "/initdb",
      [
        "-D", data, "-U", Self.user, "-A", "trust", "-E", "UTF8", "--locale=C",
        // Text is ordered by its bytes, and letters are Unicode's.
        "--lc-ctype=C.UTF-8", "--no-sync",
      ])
    made.standardOutput = FileHandle.nullDevice
    try made.run()
    made.waitUntilExit()
    guard made.terminationStatus == 0 else {
      throw DifferentialError("initdb failed with exit code \(made.terminationStatus)")
    }
    process = Self.command(programs + "/postgres", ["-D", data] + Self.settings(directory))
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
  }

  /// The name of the cluster's only user.
  static let user = "millrace"

  /// A connection, as soon as the server takes one.
  func connect() throws -> PostgreSQLConnection {
    let deadline = Date(timeIntervalSinceNow: 30)
    while true {
      do {
        return try PostgreSQLConnection(
          socket: directory + "/.s.PGSQL.5432", user: Self.user, database: "postgres")
      } catch {
        guard Date() < deadline, process.isRunning else { throw error }
        usleep(20_000)
      }
    }
  }

  /// Ends the server and removes its cluster.
  func stop() throws {
    process.interrupt()
    process.waitUntilExit()
    try FileManager.default.removeItem(atPath: directory)
  }

  private static func settings(_ directory: String) -> [String] {
    [
      "listen_addresses=", "unix_socket_directories=\(directory)", "fsync=off",
      "synchronous_commit=off", "full_page_writes=off", "autovacuum=off", "TimeZone=UTC",
      "DateStyle=ISO,MDY", "IntervalStyle=postgres", "jit=off", "log_min_messages=panic",
      "max_parallel_workers_per_gather=0", "statement_timeout=20s",
    ].flatMap { ["-c", $0] }
  }

  /// A directory that is short enough for the address of a socket and that the server's user owns.
  private static func makeDirectory() throws -> String {
    var template = Array("/tmp/millrace-sql-XXXXXX".utf8CString)
    guard let made = template.withUnsafeMutableBufferPointer({ mkdtemp($0.baseAddress!) }) else {
      throw DifferentialError(
        "cannot make a directory in /tmp: \(String(cString: strerror(errno)))")
    }
    let directory = String(cString: made)
    if getuid() == 0 {
      guard let user = getpwnam("postgres") else {
        throw DifferentialError("PostgreSQL does not run as root, and there is no user postgres")
      }
      guard chown(directory, user.pointee.pw_uid, user.pointee.pw_gid) == 0 else {
        throw DifferentialError("chown \(directory): \(String(cString: strerror(errno)))")
      }
    }
    return directory
  }

  /// A program that is interrupted when this process ends; as user postgres when we are root.
  private static func command(_ program: String, _ arguments: [String]) -> Process {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/setpriv")
    let identity =
      getuid() == 0 ? ["--reuid=postgres", "--regid=postgres", "--clear-groups"] : []
    process.arguments = identity + ["--pdeathsig=INT", program] + arguments
    process.currentDirectoryURL = URL(filePath: "/tmp")
    process.standardInput = FileHandle.nullDevice
    return process
  }
}
