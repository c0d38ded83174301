import Access
import ArgumentParser
import Foundation
import Ledger
import Logging
import Runtime
import ZeroMQ

/// What the processes of all roles of a cluster have in common.
enum RoleProcess {
  /// Carries a role out; an error is told and ends the process.
  ///
  /// - Throws: ``ExitCode``, after the reason was told; errors of the command line as they are.
  static func run(_ role: String, insecure: Bool, _ body: (Logger) throws -> Void) throws {
    let log = RoleLog.logger(role)
    do {
      try OpenFileLimit.raise()
      if insecure { try InsecureWarning.start(log) }
      try body(log)
    } catch let error where error is ExitCode || error is ValidationError {
      throw error
    } catch {
      StandardError.write("millrace \(role): error: \(error)")
      throw ExitCode(ExitStatus.runFailed.rawValue)
    }
  }

  /// A directory for what a role keeps: as given, or under `$XDG_STATE_HOME`, else `~/.local/state`.
  ///
  /// - Throws: ``ValidationError`` when the environment names no place.
  static func state(_ given: String?, role: String) throws -> String {
    if let given { return URL(fileURLWithPath: given).standardizedFileURL.path }
    let environment = ProcessInfo.processInfo.environment
    if let state = environment["XDG_STATE_HOME"], state.hasPrefix("/") {
      return state + "/millrace/" + role
    }
    guard let home = environment["HOME"], home.hasPrefix("/") else {
      throw ValidationError(
        "there is no place for what is kept: HOME is not set; give a directory with --state")
    }
    return home + "/.local/state/millrace/" + role
  }
}
